"""Events as PLOVER records and as rows with CAMEO codes, read back as users of event data do."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import get_args

import pytest

from marsad.export.plover import (
    COLUMNS,
    ICEWS,
    UNSPECIFIED,
    of_reading,
    of_store,
    record,
    rows,
    write_cameo,
    write_plover,
)
from marsad.lexicon.plover import cameo, party, quad, score
from marsad.lexicon.triggers import load_triggers
from marsad.records import EventType, Status
from marsad.store import open_archive
from marsad.store.prepare import prepare
from marsad.stored import Filters
from tests.store.samples import Maker, all_articles, talks

pandas = pytest.importorskip("pandas")


@pytest.mark.parametrize("kind", get_args(EventType))
def test_every_type_and_mode_has_a_code_and_a_score(kind: EventType) -> None:
    for mode in (None, *load_triggers()[kind].modes):
        assert re.fullmatch(r"(0[3-9]|1\d|20)\d{1,2}", cameo(kind, mode)), mode
        assert -10 <= score(kind, mode) <= 10
    positive = score(kind) > 0
    assert positive == (quad(kind) in (1, 2)) or kind == "REQUEST"


@pytest.mark.parametrize(
    ("code", "country", "sectors"),
    [
        ("RUS", "RUS", ()), ("XKX", "KOS", ()), ("UN", "UNO", ()), ("EU", "EUR", ()), ("NATO", "IGO", ("MIL",)),
        ("منظمة العفو الدولية", "NGO", ("SOC",)), ("HAMAS", "PSE", ("REB",)), ("ALQAEDA", "IMG", ("REB",)),
        ("CIVILIANS", "", ("CVL",)), ("كتيبة لا يعرفها أحد", "", ("UNK",)),
    ],
)  # fmt: skip
def test_actors_are_a_country_and_sectors(code: str, country: str, sectors: tuple[str, ...]) -> None:
    assert party(code).country == country
    assert set(sectors) <= {*party(code).sectors, "MIL"}


def made() -> Maker:
    m = Maker(
        "قصفت قوات روسيا قرية في فرنسا أمس. والتقى وزيرا روسيا والصين في باريس. ونفى دوبروف أن تهاجم الصين أحدا.\n"
        "وقصفت روسيا القرية.",
        id="x1", date="2024-05-02", outlet="صحيفة الأفق", title="قصف",
    )  # fmt: skip
    m.event("ASSAULT", "قصفت", "RUS", "FRA UN", mode="heavy-weapons", source_sectors=("MIL",))
    m.event("CONSULT", "التقى", "RUS CHN", "")
    m.event("PROTEST", "أحدا", "", "FRA")
    held = m.says("دوبروف", ("RUS",), "DENY", "نفى", "تهاجم الصين أحدا")
    m.event("ASSAULT", "تهاجم", "CHN", "", status="negated", statement=held)
    m.event("ASSAULT", "وقصفت", "RUS", "FRA", same_as=m.events[0].id)
    return m


def test_a_plover_record() -> None:
    found = [record(coded) for coded in of_reading(*made().made())]
    assert [(r["event"], r["quad_code"], r["event_scale"]) for r in found] == [
        ("ASSAULT", 4, -9.5), ("CONSULT", 1, 2.5), ("PROTEST", 4, -5.0),
    ]  # fmt: skip
    first = found[0]
    assert first["date"] == "2024-05-02"
    assert first["mode"] == ["heavy-weapons"]
    assert first["actor"][0]["code"] == "RUS"
    assert first["actor"][0]["sector"] == ["MIL"]
    assert [r["code"] for r in first["recipient"]] == ["FRA", "UNO"]
    assert first["text"] == "قصفت قوات روسيا قرية في فرنسا أمس."
    assert first["event_text"] == "قصفت"
    assert first["cite_info"]["publication"] == "صحيفة الأفق"
    assert "recipient" not in found[1]
    assert found[2]["actor"] == [{"sector": ["UNK"]}]


def test_what_did_not_happen_is_given_only_when_asked_for() -> None:
    denied = [record(c) for c in of_reading(*made().made(), get_args(Status)) if c.event.status != "actual"]
    assert [(r["event"], r["mode"], r["comment"]) for r in denied] == [("ASSAULT", ["negation"], "دوبروف")]


def test_rows_pair_sources_with_targets() -> None:
    first, second, third = (list(rows(coded)) for coded in of_reading(*made().made()))
    at = {name: place for place, name in enumerate(COLUMNS)}
    assert [(r[at["Source Code"]], r[at["Target Code"]]) for r in first] == [("RUS", "FRA"), ("RUS", "UN")]
    assert [r[at["CAMEO Code"]] for r in first] == ["194"] * 2
    assert len({r[at["Event ID"]] for r in first}) == 2
    assert [(r[at["Source Name"]], r[at["Target Name"]]) for r in second] == [("Russia", "China")]
    assert third[0][at["Source Name"]] == UNSPECIFIED
    assert all(len(r) == len(COLUMNS) for r in (*first, *second, *third))


def test_an_archive_read_back(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as store:
        for article, reading in all_articles():
            store.put([prepare(article, reading)])
        out = io.BytesIO()
        assert write_plover(of_store(store, Filters()), out) == 5
        lines = [json.loads(line) for line in out.getvalue().splitlines()]
        for line in lines:
            assert {"id", "date", "actor", "event"} <= line.keys()
            start, end = line["text_info"]["start"], line["text_info"]["end"]
            assert store.article(line["cite_info"]["corpus"]).text[start:end] == line["event_text"]
            assert line["event_text"] in line["text"]
        assert len(list(of_store(store, Filters(statuses=("called-for", "hypothetical"))))) == 2
        assert [c.event.type for c in of_store(store, Filters(types=("SANCTION",)))] == ["SANCTION"]
        table = io.BytesIO()
        assert write_cameo(of_store(store, Filters()), table) == 5
    frame = pandas.read_csv(io.BytesIO(table.getvalue()), sep="\t", dtype={"CAMEO Code": str})
    assert tuple(frame.columns) == COLUMNS
    assert tuple(frame.columns[: len(ICEWS)]) == ICEWS
    assert frame["Intensity"].dtype == float
    assert set(frame["CAMEO Code"]) == {"040", "180", "100", "160"}
    assert set(frame["Event Date"].dropna()) == {"2024-05-31", "2024-06-01", "2024-06-03", "2019"}


def test_the_documented_example_in_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (Path(__file__).parents[2] / "docs" / "plover.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.S)
    assert len(blocks) == 2
    with open_archive(tmp_path / "a.db") as store:
        store.put([prepare(*talks())])
        for name, write in (("events.plover", write_plover), ("events.cameo", write_cameo)):
            with (tmp_path / name).open("wb") as file:
                write(of_store(store, Filters()), file)
    monkeypatch.chdir(tmp_path)
    for block in blocks:
        exec(compile(block, "docs/plover.md", "exec"), {})


def test_every_field_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "plover.md").read_text(encoding="utf-8")
    fields = {key for coded in of_reading(*made().made()) for key in record(coded)}
    for name in (*COLUMNS, *fields):
        assert f"`{name}`" in text, name
