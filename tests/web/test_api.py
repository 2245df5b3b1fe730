"""The API answers what the store answers, takes verdicts, streams tables, and keeps to its own description."""

from __future__ import annotations

import contextlib
import csv
import io
from pathlib import Path
from typing import Any

import hypothesis
import msgspec
import openpyxl
import pyarrow.parquet as pq
import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis.errors import Unsatisfiable
from litestar import Litestar
from litestar.testing import TestClient
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi import checks as described

from marsad.export.rows import COLUMNS
from marsad.store import open_archive
from marsad.stored import Filters
from marsad.web.api import HANDLERS
from marsad.web.app import create_app
from marsad.web.options import Options
from tests.web.conftest import HERE

Web = TestClient[Litestar]


def _json(web: Web, path: str, status: int = 200) -> Any:
    answer = web.get(f"/api/{path}")
    assert answer.status_code == status, answer.text
    return answer.json()


def test_answers_are_the_store_s(web: Web, archive: Path) -> None:
    with open_archive(archive, read_only=True) as store:
        pages: dict[str, Any] = {
            "stats": store.stats(), "articles": store.articles(limit=25), "pairs": store.pairs(limit=25),
            "actors": store.actors(limit=25), "speakers": store.speakers(limit=25), "stories": store.stories(limit=25),
            "records?layer=event&limit=3&offset=2": store.records(Filters(layers=("event",)), 2, 3),
            "dossier?a=TUR&b=KAZ": store.dossier("TUR", "KAZ"), "timeline?a=TUR&b=KAZ": store.timeline("TUR", "KAZ"),
            "ledger?speaker=TUR": store.ledger("TUR", Filters(speaker="TUR"), limit=25), "facets": store.facets(),
            "search?q=تركيا": store.search("تركيا", limit=25), "actor?key=TUR": store.actor("TUR"),
        }  # fmt: skip
    for path, expected in pages.items():
        assert _json(web, path) == msgspec.json.decode(msgspec.json.encode(expected)), path


def test_names_of_actors_do_as_well_as_codes(web: Web) -> None:
    assert _json(web, "dossier?a=تركيا&b=كازاخستان") == _json(web, "dossier?a=TUR&b=KAZ")
    assert _json(web, "records?actor=تركيا") == _json(web, "records?actor=TUR")


def test_pages_follow_each_other(web: Web) -> None:
    total = _json(web, "records?limit=1")["total"]
    seen: list[str] = []
    while len(seen) < total:
        seen += [record["id"] for record in _json(web, f"records?limit=40&offset={len(seen)}")["items"]]
    assert len(set(seen)) == total
    assert _json(web, f"records?offset={total + 5}")["items"] == []


def test_an_article_comes_with_its_text_and_offsets_hold(web: Web) -> None:
    id = _json(web, "articles?limit=1")["items"][0]["id"]
    whole = _json(web, f"articles/{id}")
    for statement in whole["reading"]["statements"]:
        for span in statement["content"]:
            assert whole["text"][span["start"] : span["end"]] == span["quote"]
    assert [v["version"] for v in _json(web, f"articles/{id}/versions")] == [1]
    assert _json(web, "articles/none", 404)["status_code"] == 404


@pytest.mark.parametrize("path", [
    "records?type=NONSENSE", "records?limit=0", "records?limit=501", "records?offset=-1", "records?offset=99999999999",
    "records?since=neverday", "search", "search?q=", "search?q=(", "timeline?a=TUR", "timeline?a=TUR&b=KAZ&by=week",
    "export/records/exe", "export/timeline/csv", "records?words=%00", "records?speaker=" + "x" * 400,
    "articles/x?version=0",
])  # fmt: skip
def test_what_cannot_be_understood_is_said_to_be_so(web: Web, path: str) -> None:
    problem = _json(web, path, 400)
    assert problem["status_code"] == 400
    assert problem["detail"]


def test_why_a_record_was_made(web: Web) -> None:
    statement = _json(web, "records?layer=statement&limit=1")["items"][0]
    row = _json(web, f"rules/{statement['record']['rule'].split('+')[0]}")
    assert row["file"].endswith((".yaml", ".tsv"))
    assert row["row"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_reference_page_names_every_question_and_record(web: Web, language: str) -> None:
    page = web.get(f"/api/reference?lang={language}").text
    described = web.get("/api/openapi.json").json()
    for path in described["paths"]:
        assert f"{path}</code>" in page
    for name in described["components"]["schemas"]:
        assert f'id="record-{name}"' in page
    assert "//cdn" not in page


# -- tables


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_tables_are_whole(web: Web, form: str) -> None:
    total = _json(web, "records?layer=statement&limit=1")["total"]
    answer = web.get(f"/api/export/records/{form}?layer=statement")
    assert answer.status_code == 200
    assert f'filename="marsad-records.{form}"' in answer.headers["content-disposition"]
    data = answer.content
    if form == "csv":
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert (tuple(rows[0]), len(rows)) == (COLUMNS, total + 1)
    elif form == "jsonl":
        assert len(data.splitlines()) == total
    elif form == "parquet":
        assert pq.read_table(io.BytesIO(data)).num_rows == total
    else:
        assert openpyxl.load_workbook(io.BytesIO(data)).active.max_row == total + 1


@pytest.mark.parametrize("view", ["articles", "ledger", "actors", "pairs", "verdicts", "stories"])
def test_every_view_has_a_table(web: Web, view: str) -> None:
    assert web.get(f"/api/export/{view}/csv").status_code == 200


# -- verdicts and reading


def test_a_verdict_is_kept_and_undone(web: Web) -> None:
    id = _json(web, "records?layer=event&limit=1")["items"][0]["id"]
    assert web.post(f"/api/records/{id}/verdicts", json={"decision": "reject", "note": "لا"}).status_code == 201
    assert _json(web, f"records/{id}")["verdict"]["decision"] == "reject"
    assert _json(web, "verdicts")["total"] == 1
    assert _json(web, "records?layer=event&hide_rejected=1")["total"] == _json(web, "records?layer=event")["total"] - 1
    web.post(f"/api/records/{id}/verdicts", json={"decision": "withdraw"})
    assert _json(web, f"records/{id}")["verdict"] is None
    assert [v["decision"] for v in _json(web, f"records/{id}/verdicts")] == ["reject", "withdraw"]


@pytest.mark.parametrize(("body", "status"), [
    ({"decision": "destroy"}, 400), ({}, 400), ({"decision": "accept", "note": "x" * 3000}, 400),
    ({"decision": "correct"}, 400), ({"decision": "correct", "correction": {"nonsense": 1}}, 400),
    ({"decision": "accept", "note": "\x00"}, 400),
])  # fmt: skip
def test_verdicts_that_are_none(web: Web, body: dict[str, Any], status: int) -> None:
    id = _json(web, "records?layer=event&limit=1")["items"][0]["id"]
    assert web.post(f"/api/records/{id}/verdicts", json=body).status_code == status
    assert web.post("/api/records/none/verdicts", json={"decision": "accept"}).status_code == 404


def test_read_only_means_no_verdicts(examples_archive: Path) -> None:
    with TestClient(create_app(Options(archive=str(examples_archive), read_only=True)), HERE) as web:
        id = _json(web, "records?limit=1")["items"][0]["id"]
        answer = web.post(f"/api/records/{id}/verdicts", json={"decision": "accept"})
        assert answer.status_code == 403
        assert _json(web, "verdicts")["total"] == 0


def test_a_text_is_read_and_not_kept(web: Web) -> None:
    before = _json(web, "stats")["articles"]
    text = "قال وزير الخارجية التركي إن بلاده تدعم المحادثات."
    answer = web.post("/api/read", json={"text": text, "date": "2024-05-31"})
    assert answer.status_code == 200
    (statement,) = answer.json()["statements"]
    assert text[statement["content"][0]["start"] :].startswith(statement["content"][0]["quote"])
    assert _json(web, "stats")["articles"] == before
    assert web.post("/api/read", json={"text": "nothing Arabic here"}).status_code == 400
    assert web.post("/api/read", json={"text": ""}).status_code == 400
    assert web.post("/api/read", json={"words": "x"}).status_code == 400
    assert web.post("/api/read", content=b"{", headers={"content-type": "application/json"}).status_code == 400


# -- the description

load_all_checks()
CHECKS = [
    not_a_server_error, described.status_code_conformance, described.content_type_conformance,
    described.response_schema_conformance, described.negative_data_rejection,
]  # fmt: skip
FEW = hypothesis.settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
MODES = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]


def test_the_api_keeps_to_its_description(examples_archive: Path) -> None:
    app = create_app(Options(archive=str(examples_archive), read_only=True, names=("testserver",)))
    description = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    seen = 0
    for found in description.get_all_operations():
        operation = found.ok()
        for mode in MODES:

            @FEW
            @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
            def holds(case: Any) -> None:
                case.call_and_validate(checks=CHECKS)

            with contextlib.suppress(Unsatisfiable):  # a question without parameters cannot be asked wrongly
                holds()
        seen += 1
    assert seen == len(HANDLERS)
