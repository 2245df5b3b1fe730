"""The page is well formed, safe with any text, and its links lead somewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import get_args

import pytest

from marsad import examples, records
from marsad.reading.pipeline import read
from marsad.records import Article, Concept, Event, Mechanism, Reading, Relation, Span, Speaker, Statement
from marsad.view.bidi import isolated, plain
from marsad.view.labels import label
from marsad.view.page import fragment, page

_VOID = {"meta", "input", "br"}
HOSTILE = "<script>alert(1)</script> \u202e&quot;\"' <b onclick=x> \u2066 ]]> --> {{ 7*7 }} {% raw %}"


class _Checked(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.targets, self.tags, self.text = [], [], [], set(), []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        attributes = dict(attributes)
        assert not [name for name in attributes if name.startswith("on")]
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if attributes.get("href", "").startswith("#"):
            self.targets.append(attributes["href"][1:])
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def checked(html: str) -> _Checked:
    parser = _Checked()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    assert len(parser.ids) == len(set(parser.ids))
    assert set(parser.targets) <= set(parser.ids)
    return parser


def span(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start=start, end=start + len(quote), quote=quote)


def full_reading(text: str, name: str) -> Reading:
    """A reading with an item in every layer, overlapping one another, all texts hostile."""
    speaker = Speaker(mention=span(text, "الوزير"), name=name, role=name, affiliation=(name,), kind="person")
    common = {"rule": "say", "confidence": 0.5}
    outer = Statement(
        id="s1", cue=span(text, "قال"), speaker=speaker, content=(span(text, "إن السلام قريب"),), form="indirect",
        act="STATE", addressee=span(text, "الوزير"), **common,
    )  # fmt: skip
    inner = Statement(
        id="s2", cue=None, speaker=Speaker(mention=None, name=None, role=None, affiliation=(), kind="unnamed"),
        content=(span(text, "السلام قريب لأن"),), form="nominal", act="DENY", negated=True, parent="s1", **common,
    )  # fmt: skip
    event = Event(
        id="e1", type="AGREE", trigger=span(text, "السلام"), sources=(name,), targets=(), status="planned",
        statement="s1", **common,
    )  # fmt: skip
    relation = Relation(
        id="r1", a=(name,), b=("RUS",), directed=False, domain="energy", polarity=-1, trend="up",
        span=span(text, "قريب لأن"), statement=None, **common,
    )  # fmt: skip
    mechanisms = tuple(
        Mechanism(
            id=f"m{i}", cause=span(text, cause), effect=span(text, effect), sign=sign, claim=claim, tier="explicit",
            modality="asserted", statement="s1", cause_concept=concept, holders=(name,), **common,
        )
        for i, (cause, effect, sign, claim, concept) in enumerate([
            ("السلام", "قريب", 1, "asserts", None),
            ("قريب", "السلام", -1, "denies", None),
            ("قريب", "قريب", 1, "concedes", Concept(kind="act", key=name, label=name)),
        ])
    )  # fmt: skip
    return Reading(
        id="x", text_hash="", version="0", title=name, warnings=(name,), statements=(outer, inner), events=(event,),
        relations=(relation,), mechanisms=mechanisms,
    )  # fmt: skip


def test_example_page_shows_the_whole_text_once():
    article = examples.load()
    parser = checked(page(article, read(article)))
    shown = re.sub(r"\s+", "", "".join(parser.text))
    for line in article.text.split("\n"):
        assert re.sub(r"\s+", "", line) in shown
    assert "script" not in parser.tags


def test_hostile_text_stays_text():
    text = f"قال الوزير إن السلام قريب لأن {HOSTILE}"
    article = Article(text=text, title=HOSTILE, outlet=HOSTILE, url="javascript:alert(1)", date=HOSTILE)
    html = page(article, full_reading(text, HOSTILE))
    parser = checked(html)
    assert "script" not in parser.tags
    assert "b" not in parser.tags
    assert "\u202e" not in html
    assert "\u2066" not in html
    assert "alert(1)</script>" in "".join(parser.text)
    assert "javascript:" not in re.findall(r'href="([^"]*)"', html)
    assert "49" not in "".join(parser.text).split()


def test_every_item_has_words_and_a_record():
    text = "قال الوزير إن السلام قريب لأن الطرفين يريدانه"
    parser = checked(page(Article(text=text), full_reading(text, "أحمد")))
    for item in ("s1", "s2", "e1", "r1", "m0", "m1", "m2"):
        assert {item, f"w-{item}"} <= set(parser.ids)
    assert {"svg", "table"} <= parser.tags


def test_page_is_the_same_every_time():
    article = examples.load()
    assert page(article, read(article)) == page(article, read(article))


def test_fragment_is_no_page():
    article = examples.load()
    html = fragment(article, read(article))
    assert "<html" not in html
    checked(html)


def test_empty_reading():
    checked(page(Article(text="نص"), Reading(id="", text_hash="", version="0")))


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("act", get_args(records.Act)),
        ("form", get_args(records.Form)),
        ("speaker", get_args(records.SpeakerKind)),
        ("event", get_args(records.EventType)),
        ("status", get_args(records.Status)),
        ("domain", get_args(records.Domain)),
        ("trend", get_args(records.Trend)),
        ("actor", get_args(records.ActorKind)),
    ],
)
def test_every_code_has_words(kind, codes):
    for code in codes:
        assert re.search("[\u0621-\u064a]", label(kind, code, "ar")), code
        assert label(kind, code, "en").isascii()


def test_display_text_has_no_controls():
    assert plain("أ\u202eب\x07\ud800") == "أب\ufffd\ufffd"
    assert isolated("أ") == "\u2068أ\u2069"
