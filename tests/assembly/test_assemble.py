"""Assembly: what lies on an edge, and that the way there does not matter.  All states and people are invented uses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.assembly.assemble import AddedEdge, Assembly
from marsad.assembly.causal import Claim, Edge
from marsad.assembly.claims import RawClaim, View
from marsad.assembly.merges import Merge, Merges, canonical, proposals
from marsad.errors import QueryError
from marsad.records import Concept


def concept(key: str) -> Concept:
    return Concept(kind=key.partition(":")[0], key=key, label=key.rpartition(":")[2])  # type: ignore[arg-type]


def claim(
    cause: str, effect: str, record: str = "m1", article: str = "a1", sign: int = 1, claimant: str = "", **more: Any
) -> RawClaim:
    fields: dict[str, Any] = {
        "claim": "asserts", "modality": "asserted", "tier": "explicit", "cluster": "", "quote": record,
        "claimants": (claimant,) if claimant else (), **more,
    }  # fmt: skip
    return RawClaim(
        cause=concept(cause), effect=concept(effect), claimant=claimant,
        claim=Claim(record=record, article=article, sign=sign, **fields),  # type: ignore[arg-type]
    )  # fmt: skip


def edge(*claims: RawClaim, stories: dict[str, str] | None = None) -> Edge:
    assembly = Assembly()
    for article in dict.fromkeys(c.claim.article for c in claims):
        story = (stories or {}).get(article)
        assembly.put(article, [c for c in claims if c.claim.article == article], story)
    (found,) = assembly.map().edges
    return found


A, B, C = "quantity:تعرفه_حديد", "quantity:حركه_شحن", "quantity:ارباح_ميناء"


def test_one_speech_in_several_outlets_is_one_piece_of_evidence() -> None:
    words = "إلغاء الرسوم سيزيد حركة الشحن في الميناء الشرقي"
    copies = [claim(A, B, f"m{i}", f"a{i}", claimant="وزير نقل فيجي", quote=words, outlet=f"o{i}") for i in range(3)]
    assert edge(*copies).support == 1
    assert len(edge(*copies).claims) == 3


def test_two_claimants_and_two_texts_count_apart() -> None:
    one = claim(A, B, "m1", "a1", claimant="وزير", quote="إلغاء الرسوم سيزيد حركة الشحن")
    other = claim(A, B, "m2", "a2", claimant="خبير", quote="إلغاء الرسوم سيزيد حركة الشحن")
    later = claim(A, B, "m3", "a3", claimant="وزير", quote="كل رسم نرفعه يجلب سفنا جديدة إلى أرصفتنا")
    assert edge(one, other, later).support == 3


def test_an_agency_copy_of_a_writer_counts_once() -> None:
    one, other = claim(A, B, "m1", "a1", quote="جملة أولى"), claim(A, B, "m2", "a2", quote="صياغة مختلفة تماما هنا")
    assert edge(one, other).support == 2
    assert edge(one, other, stories={"a1": "s", "a2": "s"}).support == 1


def test_denials_and_concessions_never_support() -> None:
    found = edge(
        claim(A, B, "m1", "a1", claim="denies", claimant="ن"), claim(A, B, "m2", "a2", claim="concedes", sign=-1)
    )
    assert (found.support, found.against, found.denied, found.conceded, found.contested) == (0, 0, 1, 1, False)


def test_both_signs_stay_and_make_the_edge_contested() -> None:
    found = edge(
        claim(A, B, "m1", "a1", claimant="وزير"),
        claim(A, B, "m2", "a2", claimant="خبير", quote="x"),
        claim(A, B, "m3", "a3", sign=-1, claimant="نقيب"),
    )
    assert (found.sign, found.support, found.against, found.contested) == (1, 2, 1, True)
    assert {c.sign for c in found.claims} == {1, -1}


def test_views() -> None:
    assembly = Assembly()
    assembly.put("a1", [claim(A, B, "m1", claimant="ليلى توران", side=("FJI",), outlet="o1", date="2025-01-04")])
    assembly.put("a2", [claim(B, C, "m2", "a2", outlet="o2", date="2025-03")])
    wanted = {"claimant": "توران", "side": "FJI", "outlet": "o1", "article": "a1", "until": "2025-02"}
    for field, value in wanted.items():
        assert [e.cause for e in assembly.map(View(**{field: value})).edges] == [A], field
    assert [e.cause for e in assembly.map(View(claimant="writer")).edges] == [B]
    assert assembly.map(View(side="FJI")).view == "side:FJI"


def test_an_added_edge_is_marked() -> None:
    assembly = Assembly(added=[AddedEdge(cause=A, effect=C, sign=-1, note="جسر")])
    assembly.put("a1", [claim(A, B)])
    added = {(e.cause, e.effect): e for e in assembly.map().edges}[A, C]
    assert (added.analyst, added.sign, added.support, added.claims) == (True, -1, 1, ())


def test_what_only_an_article_knows_stays_there() -> None:
    local = "quantity:~اتفاق"
    assembly = Assembly()
    assembly.put("a1", [claim(local, B, "m1", "a1")])
    assembly.put("a2", [claim(local, B, "m2", "a2")])
    assert len(assembly.map().edges) == 2
    assembly.tell_story("a2", "a1")
    assert len(assembly.map().edges) == 1


def test_safe_rules_change_order_and_listed_words_only() -> None:
    assert canonical("quantity:حركه_شحن") == canonical("quantity:شحن_حركه")
    assert canonical("quantity:صراع_حدود") == canonical("quantity:نزاع_حدود")
    assert canonical("attribute:FJI:رغبه_سلام") != canonical("quantity:رغبه_سلام")


def test_merges_need_a_kind_and_a_reason_and_can_be_undone() -> None:
    merges = Merges()
    with pytest.raises(QueryError, match="never merge"):
        merges.accept("belief:FJI:wish:حياد", "attribute:FJI:حياد", "same words")
    with pytest.raises(QueryError, match="reason"):
        merges.accept(A, C, " ")
    merge = merges.accept(A, C, "the analyst says so", sign=-1)
    decided = Merges([merge])
    assert decided.resolve(A) == (canonical(C), -1)
    with pytest.raises(QueryError, match="already"):
        decided.accept(A, C, "again")
    assert decided.undo(C, A).decision == "undo"
    with pytest.raises(QueryError, match="nothing was decided"):
        merges.undo(A, B)


def test_a_merge_turns_signs_and_keeps_what_it_merged() -> None:
    merges = Merges([Merge(key=A, into=C, decision="accept", reason="opposites", sign=-1)])
    assembly = Assembly(merges)
    assembly.put("a1", [claim(A, B, sign=1)])
    (found,) = assembly.map().edges
    assert (found.cause, found.sign) == (canonical(C), -1)
    node = assembly.map().node(A)
    assert node is not None
    assert node.key == canonical(C)


def test_rejecting_a_rule_keeps_two_wordings_apart() -> None:
    one, other = "quantity:صراع_حدود", "quantity:نزاع_حدود"
    assembly = Assembly(Merges([Merge(key=one, into=canonical(one), decision="reject", reason="not here")]))
    assembly.put("a1", [claim(one, B, "m1"), claim(other, B, "m2")])
    assert len(assembly.map().edges) == 2


def test_proposals_stay_within_a_kind_and_leave_out_what_was_rejected() -> None:
    assembly = Assembly()
    poles = "relation:FJI-NPL:economic", "relation:FJI-NPL:economic:conflict"
    assembly.put("a1", [claim(poles[0], B, "m1"), claim(poles[1], C, "m2"), claim("quantity:شحن", C, "m3")])
    found = proposals(assembly.map(), Merges())
    assert {(p.rule, p.sign) for p in found} == {("opposite-poles", -1), ("narrower", 1)}
    rejected = Merges([Merge(key=poles[0], into=poles[1], decision="reject", reason="kept apart")])
    assert {p.rule for p in proposals(assembly.map(), rejected)} == {"narrower"}


_KEYS = [A, B, C, "quantity:شحن_حركه", "quantity:~قرار", "relation:FJI-NPL:economic", "attribute:FJI:~"]
_CLAIMS = st.builds(
    lambda cause, effect, n, sign, kind, who, quote: claim(
        cause, effect, f"m{n}", "", sign, who, claim=kind, quote=quote
    ),
    st.sampled_from(_KEYS), st.sampled_from(_KEYS), st.integers(0, 9), st.sampled_from([1, -1]),
    st.sampled_from(["asserts", "denies", "concedes"]), st.sampled_from(["", "وزير", "خبير"]),
    st.sampled_from(["قول أول طويل", "قول أول طويل جدا", "قول آخر مختلف"]),
)  # fmt: skip
_MERGES = st.lists(
    st.builds(
        lambda a, b, sign, decision: Merge(key=a, into=b, decision=decision, reason="r", sign=sign),
        st.sampled_from(_KEYS[:4]), st.sampled_from(_KEYS[:4]), st.sampled_from([1, -1]),
        st.sampled_from(["accept", "reject"]),
    ),
    max_size=3,
)  # fmt: skip
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from("abc"), st.lists(_CLAIMS, max_size=4), st.sampled_from("abc")),
        st.tuples(st.just("drop"), st.sampled_from("abc"), st.just([]), st.just("")),
        st.tuples(st.just("story"), st.sampled_from("abc"), st.just([]), st.sampled_from("abc")),
        st.tuples(st.just("decide"), st.just(""), _MERGES, st.just("")),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(_STEPS)
def test_the_way_does_not_matter(steps: list[tuple[str, str, list[Any], str]]) -> None:
    import msgspec

    built = Assembly()
    articles: dict[str, tuple[list[RawClaim], str]] = {}
    merges = Merges()
    for what, article, items, story in steps:
        if what == "put":
            placed = {
                c.claim.record: msgspec.structs.replace(c, claim=msgspec.structs.replace(c.claim, article=article))
                for c in items
            }
            articles[article] = list(placed.values()), story
            built.put(article, placed.values(), story)
        elif what == "drop":
            articles.pop(article, None)
            built.drop(article)
        elif what == "story" and article in articles:
            articles[article] = articles[article][0], story
            built.tell_story(article, story)
        elif what == "decide":
            merges = Merges(items)
            built.decide(merges, ())
        built.map()  # so that what is kept is kept at every step
    scratch = Assembly(merges)
    for article in sorted(articles, reverse=True):
        scratch.put(article, *articles[article])
    assert built.map() == scratch.map()
    assert built.sizes() == scratch.sizes()
    assert built.rule_merges() == scratch.rule_merges()
