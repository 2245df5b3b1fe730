"""The map, what-if and the network over the API give what Python gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

import marsad
from marsad.export.maps import read_map
from marsad.store import open_archive
from marsad.web.app import create_app
from marsad.web.options import Options
from tests.web.conftest import HERE

Web = TestClient[Litestar]


def _json(web: Web, path: str, status: int = 200) -> Any:
    answer = web.get(f"/api/{path}")
    assert answer.status_code == status, answer.text
    return answer.json()


def _plain(answer: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(answer))


def test_the_map_is_the_archives(web: Web, archive: Path) -> None:
    with open_archive(archive, read_only=True) as store:
        expected = marsad.causal_map(store)
    found = _json(web, "map?limit=500")
    assert found["edges"] == _plain(expected.edges)
    assert found["nodes"] == _plain(expected.nodes)
    assert sum(c["count"] for c in found["claimants"]) == sum(len(e.claims) for e in expected.edges)
    few = _json(web, "map?limit=3")
    assert (len(few["edges"]), few["total"]) == (3, len(expected.edges))


def test_views_and_filters(web: Web) -> None:
    everything = _json(web, "map?limit=500")
    name = next(c["value"] for c in everything["claimants"] if c["value"])
    mine = _json(web, f"map?limit=500&speaker={name}")
    assert 0 < mine["total"] < everything["total"]
    assert all(name in claim["claimants"] for edge in mine["edges"] for claim in edge["claims"])
    assert _json(web, "map?actor=KAZ")["total"] < everything["total"]
    denied = _json(web, "map?claim=denies")
    assert denied["total"] == sum(bool(edge["denied"]) for edge in everything["edges"])
    word = everything["nodes"][0]["label"].split()[0]
    assert _json(web, f"map?words={word}")["total"] >= 1
    assert _json(web, "map?words=قققق")["total"] == 0


def test_what_if_is_that_of_python(web: Web, archive: Path) -> None:
    with open_archive(archive, read_only=True) as store:
        causal_map = marsad.causal_map(store)
    edge = next(e for e in causal_map.edges if e.support and not e.contested)
    expected = marsad.whatif(causal_map, press=f"{edge.cause}+", target=edge.effect)
    params = {"press": f"{edge.cause}+", "target": edge.effect}
    answer = web.get("/api/whatif", params=params)
    assert answer.json() == _plain(expected)
    extra = {"edge": f"{edge.cause} -> {edge.effect} -", "draws": 1000, "seed": 3}
    added = web.get("/api/whatif", params={**params, **extra})
    assert added.json()["steps"][0]["analyst"]


@pytest.mark.parametrize("path", [
    "whatif", "whatif?press=a%2B", "whatif?press=nonsense%2B&target=nothing", "whatif?press=x&target=y",
    "whatif?press=a%2B&target=b&draws=0", "whatif?press=a%2B&target=b&reliability=2", "map?limit=0", "network?limit=0",
])  # fmt: skip
def test_what_cannot_be_asked(web: Web, path: str) -> None:
    assert _json(web, path, 400)["detail"]


def test_the_network_names_its_actors(web: Web) -> None:
    found = _json(web, "network?lang=en")
    names = {node["key"]: node["name"] for node in found["nodes"]}
    assert names["TUR"] in ("Turkey", "Türkiye")
    assert {edge["a"] for edge in found["edges"]} | {edge["b"] for edge in found["edges"]} == set(names)
    assert found["first"] <= found["last"]
    assert _json(web, "network?domain=economic")["total"] < found["total"]


def test_a_verdict_reaches_the_map(archive: Path) -> None:
    with TestClient(create_app(Options(archive=str(archive))), HERE) as web:
        before = _json(web, "map?limit=500")
        record = before["edges"][0]["claims"][0]["record"]
        assert web.post(f"/api/records/{record}/verdicts", json={"decision": "reject"}).status_code == 201
        after = _json(web, "map?limit=500")
        assert record not in {c["record"] for e in after["edges"] for c in e["claims"]}
        assert after["total"] == before["total"] - (len(before["edges"][0]["claims"]) == 1)


@pytest.mark.parametrize("ending", ["json", "graphml", "argdown", "csv", "xmile"])
def test_the_map_is_taken_out(web: Web, archive: Path, ending: str) -> None:
    page = web.get("/map?since=2025-09").text
    assert f"/export/map.{ending}?since=2025-09" in page
    answer = web.get(f"/export/map.{ending}?since=2025-09")
    assert answer.status_code == 200
    found = read_map(f"a.{ending}", answer.content)
    with open_archive(archive, read_only=True) as store:
        whole = marsad.causal_map(store)
    edges = [e for e in whole.edges if any((c.date or "") >= "2025-09" for c in e.claims)]
    assert len(found.simulated()) == sum(any(c.claim == "asserts" for c in e.claims) for e in edges)
    assert web.get("/export/map.exe").status_code == 400


def test_balance_is_that_of_python(web: Web, archive: Path) -> None:
    from marsad.assembly.balance import network_balance
    from marsad.assembly.network import network
    from marsad.stored import Filters

    with open_archive(archive, read_only=True) as store:
        expected = network_balance(network(store.stream(Filters(layers=("relation",)))))
    assert _json(web, "balance") == _plain(expected)
    for language in ("ar", "en"):
        page = web.get(f"/balance?lang={language}")
        assert page.status_code == 200
        assert "balance." not in page.text
    assert "/balance" in web.get("/network").text
    assert web.get("/balance?since=2090").status_code == 200


def test_an_effect_of_ones_own_in_the_address(web: Web, archive: Path) -> None:
    with open_archive(archive, read_only=True) as store:
        causal_map = marsad.causal_map(store)
    edge = next(e for e in causal_map.edges if e.support and not e.contested)
    cause, effect = (causal_map.node(key).label for key in (edge.cause, edge.effect))  # type: ignore[union-attr]
    form = {"push": cause, "way": "+", "target": effect, "cause": cause, "effect": effect, "effect_way": "-"}
    page = web.get("/map", params={"lang": "en", **form})
    assert page.url.params["edge"] == f"{cause} -> {effect} -"
    assert page.url.params["press"] == f"{cause}+"
    assert "added by the analyst" in page.text
    assert "falls in every weighting" in page.text
