"""Every export, read back with the library that its users use."""

from __future__ import annotations

import io
import json
from pathlib import Path

import msgspec
import pytest

from marsad.errors import QueryError
from marsad.export.annotations import write_annotations
from marsad.export.entities import write_entities
from marsad.export.network import write_graphml
from marsad.export.rows import COLUMNS
from marsad.export.tables import TABLE_FORMATS, write_csv
from marsad.export.views import VIEWS, Table
from marsad.store import open_archive
from marsad.store.base import Store
from marsad.store.prepare import prepare
from marsad.stored import Filters, Verdict
from tests.store.samples import all_articles

pandas = pytest.importorskip("pandas")


@pytest.fixture
def store(tmp_path: Path):
    with open_archive(tmp_path / "a.db") as store:
        for article, reading in all_articles():
            store.put([prepare(article, reading)])
        record = store.records(Filters(types=("ASSAULT",))).items[0]
        store.decide(Verdict("", record.id, "event", "", 0, "correct", "", correction={"type": "PROTEST"}))
        yield store


def filters(view: str) -> Filters:
    return {"timeline": Filters(actors=("CHN", "RUS")), "ledger": Filters(speaker="دوبروف")}.get(view, Filters())


def read_back(kind: str, data: bytes):
    file = io.BytesIO(data)
    if kind == "csv":
        return pandas.read_csv(file, keep_default_na=False)
    if kind == "jsonl":
        return pandas.read_json(file, lines=True)
    if kind == "parquet":
        return pandas.read_parquet(file)
    return pandas.read_excel(file, keep_default_na=False)


@pytest.mark.parametrize("kind", list(TABLE_FORMATS))
@pytest.mark.parametrize("view", list(VIEWS))
def test_every_view_in_every_table_format(store: Store, view: str, kind: str) -> None:
    table = VIEWS[view](store, filters(view))
    out = io.BytesIO()
    count = TABLE_FORMATS[kind](table, out)
    frame = read_back(kind, out.getvalue())
    assert len(frame) == count > 0
    if kind != "jsonl":
        assert tuple(frame.columns) == table.columns
        expected = [row for _, row in VIEWS[view](store, filters(view)).rows]
        for column, name in enumerate(table.columns):
            want = ["" if row[column] is None else str(row[column]) for row in expected]
            if name in table.types:
                continue
            got = ["" if pandas.isna(value) else str(value) for value in frame[name]]
            if kind == "csv":
                want = ["'" + w if w[:1] in "=+-@" and w else w for w in want]
            assert got == want, name


def test_lines_of_json_hold_the_records_whole(store: Store) -> None:
    out = io.BytesIO()
    TABLE_FORMATS["jsonl"](VIEWS["records"](store, Filters()), out)
    lines = out.getvalue().splitlines()
    assert [msgspec.json.decode(line)["id"] for line in lines] == [r.id for r in store.stream()]
    assert "claimants" in json.loads(lines[0])


def test_a_formula_in_a_title_stays_text(store: Store) -> None:
    rows = iter([(None, ('=HYPERLINK("http://x")', "@cmd", "-1+1", 3))])
    out = io.BytesIO()
    write_csv(Table("t", ("a", "b", "c", "n"), {"n": "int"}, rows), out, bom=True)
    text = out.getvalue().decode("utf-8")
    assert text.startswith("\ufeff")
    assert "\r\n\"'=HYPERLINK" in text
    import openpyxl

    rows = iter([(None, ("=1+1", "نص\x00", "", 3))])
    out = io.BytesIO()
    TABLE_FORMATS["xlsx"](Table("t", ("a", "b", "c", "n"), {"n": "int"}, rows), out)
    sheet = openpyxl.load_workbook(out).active
    assert [cell.value for cell in sheet[2]] == ["=1+1", "نص", None, 3]
    assert sheet["A2"].data_type == "s"
    assert sheet.sheet_view.rightToLeft


def test_a_timeline_needs_two_actors(store: Store) -> None:
    with pytest.raises(QueryError):
        VIEWS["timeline"](store, Filters(actors=("RUS",)))


def test_verdicts_come_with_the_record_as_it_was(store: Store) -> None:
    (pair,) = VIEWS["verdicts"](store, Filters()).rows
    row = dict(zip(VIEWS["verdicts"](store, Filters()).columns, pair[1], strict=True))
    assert json.loads(row["correction"]) == {"type": "PROTEST"}
    assert json.loads(row["record_then"])["type"] == "ASSAULT"
    records = {row[0]: row for _, row in VIEWS["records"](store, Filters()).rows}
    assert records[row["record"]][COLUMNS.index("verdict")] == "correct"


def test_annotations_point_at_the_words(store: Store) -> None:
    out = io.BytesIO()
    count = write_annotations(store, Filters(), out)
    collection = json.loads(out.getvalue())
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == count == len(collection["first"]["items"]) == 19
    for item in collection["first"]["items"]:
        assert item["@context"] == "http://www.w3.org/ns/anno.jsonld"
        record = store.record(item["id"].removeprefix("urn:marsad:"))
        text = store.article(record.article).text
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            whole = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert whole in text
    assert write_annotations(store, Filters(types=("AID",)), io.BytesIO()) == 0


def test_the_network_opens_in_networkx(store: Store) -> None:
    networkx = pytest.importorskip("networkx")
    out = io.BytesIO()
    edges = write_graphml(store, Filters(), out)
    graph = networkx.read_graphml(io.BytesIO(out.getvalue()))
    assert graph.number_of_edges() == edges == store.pairs().total
    assert graph.nodes["RUS"] == {"name": "روسيا", "name_en": "Russia"}
    assert graph.edges["CHN", "RUS"]["relations"] == 4
    assert graph.edges["CHN", "RUS"]["balance"] == pytest.approx((4 - 2) / 6, abs=1e-4)


def test_entities_are_valid_in_follow_the_money(store: Store) -> None:
    ftm = pytest.importorskip("followthemoney", reason="followthemoney is not installed (./test installs it)")
    out = io.BytesIO()
    count = write_entities(store, Filters(), out)
    lines = out.getvalue().splitlines()
    assert len(lines) == count
    proxies = [ftm.model.get_proxy(json.loads(line), cleaned=False) for line in lines]
    by_id = {proxy.id: proxy for proxy in proxies}
    assert len(by_id) == count
    for line, proxy in zip(lines, proxies, strict=True):
        given = json.loads(line)["properties"]
        proxy.schema.validate(json.loads(line))
        assert proxy.to_dict()["properties"].keys() == given.keys(), proxy.schema.name
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert prop.range is None or by_id[value].schema.is_a(prop.range), (prop, by_id[value].schema)
    made = {p.schema.name for p in proxies}
    assert made == {"Article", "Event", "PublicBody", "Organization", "Person", "UnknownLink"}
    (russia,) = [p for p in proxies if p.schema.name == "PublicBody" and "Russia" in p.get("name")]
    assert russia.get("country") == ["ru"]
