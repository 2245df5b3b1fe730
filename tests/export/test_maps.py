"""Maps go out and come back; the programs that read them are the judges where they are at hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec
import numpy as np
import pytest

from marsad.assembly.causal import CausalMap, Claim, Edge, Node, from_json
from marsad.assembly.whatif import whatif
from marsad.errors import InputError
from marsad.export.maps import FCM_WARNING, MAP_FORMATS, read_map

FILE = Path(__file__).parents[1] / "assembly" / "data" / "corridor-map.json"
NASTY = 'قال: "لا" {كلا} [مرجع] <وسم> #شارة @اسم \\ _خط_ & ؛ /* */ // end'


@pytest.fixture
def corridor() -> CausalMap:
    return from_json(FILE.read_bytes())


@pytest.fixture
def nasty() -> CausalMap:
    claim = Claim(
        record="m1", article="a", quote=NASTY, sign=-1, claim="asserts", modality="asserted", tier="explicit",
        cluster="k", claimants=(NASTY,),
    )  # fmt: skip
    nodes = (
        Node(key="quantity:a", kind="quantity", label=NASTY, aliases=("x", "y")),
        Node(key="quantity:b", kind="quantity", label=NASTY),
        Node(key="quantity:c", kind="quantity", label="=1+1"),
    )
    edges = (
        Edge(cause="quantity:a", effect="quantity:b", sign=-1, support=1, claims=(claim,), note=NASTY),
        Edge(cause="quantity:b", effect="quantity:c", sign=1, support=1, analyst=True),
    )
    return CausalMap(nodes=nodes, edges=edges, view="article:a")


@pytest.mark.parametrize("kind", ["json", "graphml", "argdown"])
@pytest.mark.parametrize("which", ["corridor", "nasty"])
def test_whole_maps_come_back(kind, which, request):
    causal_map = request.getfixturevalue(which)
    write, read = MAP_FORMATS[kind]
    assert msgspec.json.encode(read(write(causal_map))) == msgspec.json.encode(causal_map) or kind == "argdown"
    back = read(write(causal_map))
    assert (back.nodes, back.edges) == (causal_map.nodes, causal_map.edges)


@pytest.mark.parametrize("kind", list(MAP_FORMATS))
@pytest.mark.parametrize("which", ["corridor", "nasty"])
def test_asserted_effects_and_their_signs_come_back(kind, which, request):
    causal_map = request.getfixturevalue(which)
    write, read = MAP_FORMATS[kind]
    back = read(write(causal_map))
    assert len(back.nodes) == len(causal_map.nodes)
    assert [e.sign for e in _by_label(back)] == [e.sign for e in _by_label(causal_map)]


def _by_label(causal_map: CausalMap) -> list[Edge]:
    order = {node.key: i for i, node in enumerate(sorted(causal_map.nodes, key=lambda n: n.label.lstrip("'")))}
    return sorted(causal_map.simulated(), key=lambda e: (order[e.cause], order[e.effect]))


def test_the_answer_is_the_same_after_a_round(corridor):
    asked = ("رسوم العبور على الشاحنات+", "كلفة النقل عبر الممر")
    edge = ["رسوم العبور على الشاحنات -> حركة البضائع عبر الطريق الشمالي +"]
    before = whatif(corridor, *asked, edges=edge)
    for kind in ("json", "graphml", "argdown"):
        write, read = MAP_FORMATS[kind]
        assert whatif(read(write(corridor)), *asked, edges=edge).settings == before.settings


def test_the_matrix_says_what_its_weights_are(corridor):
    rows = list(csv.reader(io.StringIO(MAP_FORMATS["fcm"][0](corridor).decode())))
    assert rows[0][0] == FCM_WARNING
    assert rows[0][1:] == [row[0] for row in rows[1:]]
    at = {label: i for i, label in enumerate(rows[0])}
    row = next(row for row in rows if row[0] == "كلفة النقل عبر الممر")
    assert float(row[at["حركة البضائع عبر الممر الأوسط"]]) == -0.64  # two independent claims
    denied = next(row for row in rows if row[0] == "الضغط الروسي على أستانا")
    assert float(denied[at["المشاورات بين أنقرة وأستانا"]]) == 0


def test_a_spreadsheet_runs_no_formula(nasty):
    assert b"'=1+1" in MAP_FORMATS["fcm"][0](nasty)


def test_graphml_is_read_by_networkx(corridor):
    import networkx as nx

    graph = nx.read_graphml(io.BytesIO(MAP_FORMATS["graphml"][0](corridor)))
    assert graph.is_directed()
    edge = graph["quantity:transit-tolls"]["quantity:transport-cost"]
    assert (edge["sign"], edge["support"], edge["label"]) == (1, 1, "+")
    assert "رفع رسوم العبور" in edge["quotes"]


def test_xmile_runs_in_pysd(corridor, tmp_path):
    """The stocks settle at -A⁻¹ b."""
    pysd = pytest.importorskip("pysd")
    path = tmp_path / "map.xmile"
    path.write_bytes(MAP_FORMATS["xmile"][0](corridor))
    keys = [node.key for node in corridor.nodes]
    pressed = keys.index("quantity:loans")
    model = pysd.read_xmile(str(path))
    final = model.run(params={f"press {pressed + 1}": 1.0}, final_time=200, time_step=0.25).iloc[-1]
    minus = np.eye(len(keys))
    for edge in corridor.simulated():
        minus[keys.index(edge.effect), keys.index(edge.cause)] -= 0.5 * edge.sign
    expected = np.linalg.solve(minus, np.eye(len(keys))[pressed])
    for node, value in zip(corridor.nodes, expected, strict=True):
        assert final[node.label] == pytest.approx(value, abs=1e-4)


def test_ends_without_a_node_get_one():
    found = read_map("a.json", b'{"edges":[{"cause":"a","effect":"b","sign":1,"support":1}]}')
    assert [node.key for node in found.nodes] == ["a", "b"]
    assert whatif(found, "a+", "b").direction == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b"{}}"), ("a.json", b'{"nodes": 3}'), ("a.graphml", b"<x/>"), ("a.graphml", b"\xff\x00"),
        ("a.graphml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><graphml/>"), ("a.csv", b"a,b\nc,1\n"), ("a.csv", b""),
        ("a.csv", b",a\na,x\n"), ("a.csv", b"\xff"), ("a.argdown", b"hello"), ("a.xmile", b"<xmile/>"),
        ("a.json", b'{"nodes":[{"key":"a","kind":"act","label":"a"},{"key":"a","kind":"act","label":"b"}]}'),
        ("a.json", b'{"edges":[{"cause":"a","effect":"b","sign":1,"support":-1}]}'),
        ("a.json", b'{"edges":[{"cause":"a","effect":"b","sign":1,"support":1},'
                   b'{"cause":"a","effect":"b","sign":-1,"support":1}]}'),
        ("a.xmile", b"<"), ("a.xmile", b"<!DOCTYPE x><xmile/>"),
    ],
)  # fmt: skip
def test_what_is_no_map_is_refused(name, data):
    with pytest.raises(InputError, match=name):
        read_map(name, data)
