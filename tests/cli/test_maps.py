"""Maps, merges and the network, run as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marsad.assembly.causal import from_json
from tests.cli.test_archive import archive, marsad

__all__ = ["archive"]


def test_map_of_an_article(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(
        "قالت الخبيرة ليلى توران إن تراجع صادرات القمح أدى إلى ارتفاع أسعار الخبز. "
        "ونفى وزير الزراعة كمال ساري أن تكون العقوبات الأوروبية على فيجي قد أدت إلى ارتفاع أسعار الخبز.",
        encoding="utf-8",
    )
    status, out, _ = marsad("map", str(article), "--json", archive="none.db")
    assert status == 0
    causal_map = from_json(out.encode())
    bread = next(node for node in causal_map.nodes if node.label == "أسعار الخبز")
    signs = {(e.sign, e.support, e.denied) for e in causal_map.edges if e.effect == bread.key}
    assert signs == {(-1, 1, 0), (1, 0, 1)}
    status, out, _ = marsad("map", str(article), "--claims", archive="none.db")
    assert status == 0
    assert "ليلى توران" in out
    assert "denies" in out


def test_views_of_the_archive(archive: Path) -> None:
    whole = from_json(marsad("map", "--json", archive=archive)[1].encode())
    assert whole.view == "merged"
    status, out, _ = marsad("map", "--claimant", "سليموف", "--json", archive=archive)
    assert status == 0
    view = from_json(out.encode())
    assert view.view == "claimant:سليموف"
    assert 0 < len(view.edges) < len(whole.edges)
    assert all("سليموف" in claim.claimants[-1] for edge in view.edges for claim in edge.claims)
    status, out, _ = marsad("map", "--outlet", "وكالة الممر", "--since", "2025-05", "--csv", archive=archive)
    assert status == 0
    assert out.startswith("cause,")
    assert marsad("map", "--claimants", archive=archive)[0] == 0
    status, out, _ = marsad("map", "--check", "--json", archive=archive)
    assert json.loads(out)["reported"] >= 0
    status, _, err = marsad("map", "--about", "لا شيء كهذا", archive=archive)
    assert status == 2
    assert "no concept" in err


def test_merges_are_decided_listed_and_undone(archive: Path) -> None:
    nodes = from_json(marsad("map", "--json", archive=archive)[1].encode()).nodes
    one, other = next((a.key, b.key) for a in nodes for b in nodes if a.key < b.key and a.kind == b.kind)
    status, _, err = marsad("merges", "accept", one, other, archive=archive)
    assert status == 2
    assert "reason" in err
    status, out, _ = marsad("merges", "accept", one, other, "--reason", "one thing here", archive=archive)
    assert (status, out.startswith("accept: ")) == (0, True)
    assert len(from_json(marsad("map", "--json", archive=archive)[1].encode()).nodes) == len(nodes) - 1
    listed = json.loads(marsad("merges", "list", "--json", archive=archive)[1])["items"]
    assert [m["reason"] for m in listed] == ["one thing here"]
    assert marsad("merges", "undo", listed[0]["key"], listed[0]["into"], archive=archive)[0] == 0
    assert len(from_json(marsad("map", "--json", archive=archive)[1].encode()).nodes) == len(nodes)
    assert marsad("merges", "propose", archive=archive)[0] == 0


@pytest.mark.parametrize("actors", [(), ("كازاخستان",), ("تركيا", "كازاخستان")])
def test_network(archive: Path, actors: tuple[str, ...]) -> None:
    status, out, _ = marsad("network", *actors, "--json", archive=archive)
    assert status == 0
    found = json.loads(out)
    assert found["ties"]
    assert found["events"]
    for tie in found["ties"]:
        assert tie["a"] < tie["b"]
        assert tie["contested"] == (tie["positive"] > 0 and tie["negative"] > 0)
    if actors:
        assert all("KAZ" in (t["a"], t["b"]) for t in found["ties"])
    assert marsad("network", *actors, archive=archive)[0] == 0
    assert marsad("network", *actors, "--csv", archive=archive)[1].startswith("a,b,domain")


def test_an_analysts_effect_is_marked_and_can_be_removed(archive: Path) -> None:
    nodes = from_json(marsad("map", "--json", archive=archive)[1].encode()).nodes
    effect = f"{nodes[0].key} -> {nodes[-1].key} -"
    assert marsad("edges", "add", effect, "--reason", "a bridge", archive=archive)[0] == 0
    edges = from_json(marsad("map", "--json", archive=archive)[1].encode()).edges
    (added,) = [e for e in edges if e.analyst]
    assert (added.cause, added.effect, added.sign, added.note) == (nodes[0].key, nodes[-1].key, -1, "a bridge")
    assert "a bridge" in marsad("edges", "list", archive=archive)[1]
    assert marsad("edges", "remove", effect, archive=archive)[0] == 0
    assert not any(e.analyst for e in from_json(marsad("map", "--json", archive=archive)[1].encode()).edges)
    assert marsad("edges", "remove", effect, archive=archive)[0] == 2
