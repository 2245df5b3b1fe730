"""An assembly follows an archive: additions, stories, verdicts, merges; the same as from scratch at every step."""

from __future__ import annotations

from marsad.assembly.assemble import Assembly, assemble
from marsad.assembly.merges import NOTE, Merges
from marsad.examples import load_all
from marsad.reading.pipeline import read
from marsad.store.base import Store
from marsad.store.prepare import prepare
from marsad.stored import Verdict


def test_follows_an_archive(empty: Store) -> None:
    assembly = Assembly()
    for article in load_all():
        empty.put([prepare(article, read(article))])
        assert assembly.follow(empty) == 1
        assert assembly.map() == assemble(empty).map()
    assert assembly.follow(empty) == 0
    assert assembly.map().edges


def test_corrections_survive(empty: Store) -> None:
    for article in load_all():
        empty.put([prepare(article, read(article))])
    assembly = assemble(empty)
    edge = next(e for e in assembly.map().edges if len(e.claims) == 1)
    record = edge.claims[0].record

    def verdict(decision: str, **more: object) -> None:
        empty.decide(
            Verdict(id="", record=record, layer="mechanism", article="", version=0, decision=decision, at="", **more)  # type: ignore[arg-type]
        )
        assembly.follow(empty)
        assert assembly.map() == assemble(empty).map()

    verdict("reject")
    assert record not in {c.record for e in assembly.map().edges for c in e.claims}
    verdict("correct", correction={"claim": "denies"})
    assert {c.claim for e in assembly.map().edges for c in e.claims if c.record == record} == {"denies"}
    verdict("withdraw")
    assert {c.claim for e in assembly.map().edges for c in e.claims if c.record == record} == {edge.claims[0].claim}


def test_merges_are_kept_in_the_archive(empty: Store) -> None:
    for article in load_all():
        empty.put([prepare(article, read(article))])
    assembly = assemble(empty)
    keys = [n.key for n in assembly.map().nodes]
    one, other = next((a, b) for a in keys for b in keys if a < b and a.split(":")[0] == b.split(":")[0])
    merge = assembly.merges.accept(one, other, "the same thing for this study")
    empty.put_note(NOTE, merge.note_key, merge.data())
    assembly.follow(empty)
    assert assembly.map().node(one) == assembly.map().node(other)
    assert assembly.map() == assemble(empty).map()
    undone = assembly.merges.undo(other, one)
    empty.put_note(NOTE, undone.note_key, undone.data())
    assembly.follow(empty)
    assert assembly.merges == Merges()
    assert [n.key for n in assembly.map().nodes] == keys
    assert len(empty.notes(NOTE, history=True)) == 2
