"""Invented articles with readings made by hand, so that what a store answers does not depend on the rules."""

from __future__ import annotations

from typing import Any

from marsad.reading.pipeline import text_hash
from marsad.records import (
    Actor,
    Article,
    Event,
    Mechanism,
    Mention,
    Reading,
    Relation,
    Span,
    Speaker,
    Statement,
    Time,
    content_id,
)

NAMES = {"روسيا": ("RUS", "state"), "الصين": ("CHN", "state"), "فرنسا": ("FRA", "state"), "حماس": ("HAMAS", "group")}


class Maker:
    """Builds a reading of `text`: every record is named by words of the text."""

    def __init__(self, text: str, version: str = "1", **about: Any) -> None:
        self.article = Article(text=text, **about)
        self.version = version
        self.statements: list[Statement] = []
        self.events: list[Event] = []
        self.relations: list[Relation] = []
        self.mechanisms: list[Mechanism] = []

    def span(self, words: str) -> Span:
        start = self.article.text.index(words)
        return Span(start, start + len(words), words)

    def says(self, name: str, codes: tuple[str, ...], act: str, cue: str, content: str, **more: Any) -> str:
        parts = self.span(cue), self.span(content)
        id = content_id("statement", *parts)
        speaker = Speaker(None, name, more.pop("role", None), codes, more.pop("kind", "person"))
        self.statements.append(
            Statement(id, parts[0], speaker, (parts[1],), "indirect", act, "test", 0.9, **more)  # type: ignore[arg-type]
        )
        return id

    def event(self, kind: str, trigger: str, sources: str, targets: str, **more: Any) -> None:
        span = self.span(trigger)
        more = {"status": "actual", "statement": None, "rule": "test", "confidence": 0.8, **more}
        id = content_id("event", span, kind)
        self.events.append(
            Event(id, kind, span, tuple(sources.split()), tuple(targets.split()), **more)  # type: ignore[arg-type]
        )

    def relation(self, a: str, b: str, domain: str, polarity: int, words: str, **more: Any) -> None:
        span = self.span(words)
        more = {"directed": False, "trend": None, "statement": None, "rule": "test", "confidence": 0.7, **more}
        id = content_id("relation", span, a, b)
        self.relations.append(
            Relation(id, (a,), (b,), domain=domain, polarity=polarity, span=span, **more)  # type: ignore[arg-type]
        )

    def mechanism(self, cause: str, effect: str, sign: int, **more: Any) -> None:
        spans = self.span(cause), self.span(effect)
        more = {"claim": "asserts", "tier": "explicit", "modality": "asserted", "statement": None, **more}
        id = content_id("mechanism", *spans)
        self.mechanisms.append(Mechanism(id, *spans, sign, rule="test", confidence=0.6, **more))  # type: ignore[arg-type]

    def made(self) -> tuple[Article, Reading]:
        text = self.article.text
        actors, mentions = [], []
        for name, (code, kind) in NAMES.items():
            at = text.find(name)
            if at < 0:
                continue
            actors.append(Actor(code, name, kind, (code,)))  # type: ignore[arg-type]
            while at >= 0:
                mentions.append(Mention(Span(at, at + len(name), name), code, "test"))
                at = text.find(name, at + 1)
        for statement in self.statements:
            speaker = statement.speaker
            if speaker.kind == "person" and speaker.name and speaker.name in text:
                actor = Actor(speaker.name, speaker.name, "person", speaker.affiliation, (), speaker.role)
                if actor not in actors:
                    actors.append(actor)
                    mentions.append(Mention(self.span(speaker.name), speaker.name, "test"))
        article = self.article
        return article, Reading(
            id=article.id, text_hash=text_hash(text), version=self.version, title=article.title, date=article.date,
            outlet=article.outlet, url=article.url, actors=tuple(actors), mentions=tuple(mentions),
            statements=tuple(self.statements), events=tuple(self.events), relations=tuple(self.relations),
            mechanisms=tuple(self.mechanisms),
        )  # fmt: skip


def talks(version: str = "1") -> tuple[Article, Reading]:
    """Two states talk; a minister praises trade, an expert doubts it."""
    m = Maker(
        "التقى وفد من روسيا مسؤولين من الصين في العاصمة أمس. وقال الوزير إيفان دوبروف إن التجارة مع الصين تنمو بسرعة. "
        "لكن الخبير لي وين رأى أن تجارة روسيا مع جارتها متوترة. وأدى ارتفاع الأسعار إلى تراجع الطلب في روسيا.",
        version, url="https://example.org/news/1?utm_source=x", title="محادثات بين موسكو وبكين", date="2024-05-31",
        outlet="صحيفة الأفق",
    )  # fmt: skip
    m.event("CONSULT", "التقى", "RUS", "CHN")
    minister = m.says("إيفان دوبروف", ("RUS",), "STATE", "وقال", "التجارة مع الصين تنمو بسرعة", role="الوزير")
    expert = m.says("لي وين", ("CHN",), "ASSESS", "رأى", "تجارة روسيا مع جارتها متوترة", role="الخبير")
    m.relation("RUS", "CHN", "economic", 1, "التجارة مع الصين تنمو", trend="up", statement=minister)
    m.relation("CHN", "RUS", "economic", -1, "تجارة روسيا مع جارتها متوترة", statement=expert)
    m.mechanism("ارتفاع الأسعار", "الطلب في روسيا", -1)
    return m.made()


def copy() -> tuple[Article, Reading]:
    """The same report in another outlet, a day later."""
    article, reading = talks()
    from msgspec.structs import replace

    about = {"url": "https://example.net/a/77", "outlet": "موقع الضفة", "date": "2024-06-01"}
    return replace(article, **about), replace(reading, **about)


def denial() -> tuple[Article, Reading]:
    """The minister denies, and turns about."""
    m = Maker(
        "نفى الوزير إيفان دوبروف أن تكون التجارة مع الصين متوترة. وهاجم مسلحون موقعا في فرنسا فقتلوا 12 جنديا. "
        "ودعت فرنسا روسيا إلى وقف إطلاق النار، وقد يزور وفدها الصين قريبا.",
        date="2024-06-03", outlet="صحيفة الأفق", id="horizon-3", title="الوزير ينفي",
    )  # fmt: skip
    m.says("إيفان دوبروف", ("RUS",), "DENY", "نفى", "التجارة مع الصين متوترة", role="الوزير")
    m.event("ASSAULT", "هاجم", "GUNMEN", "FRA")
    m.event("REQUEST", "دعت", "FRA", "RUS")
    m.event("RETREAT", "وقف إطلاق النار", "RUS", "FRA", status="called-for")
    m.event("CONSULT", "يزور", "FRA", "CHN", status="hypothetical")
    return m.made()


def undated() -> tuple[Article, Reading]:
    """No date, no outlet, no address, a time of its own."""
    m = Maker("فرضت فرنسا عقوبات على حماس في عام 2019. وقالت مصادر إن الإيرانيين غاضبون. السياسات الإيرانية محل جدل.")
    m.event("SANCTION", "فرضت", "FRA", "HAMAS", time=Time(m.span("عام 2019"), "2019", "test"))
    m.says("مصادر", (), "STATE", "قالت", "الإيرانيين غاضبون", kind="unnamed")
    return m.made()


def all_articles() -> list[tuple[Article, Reading]]:
    """The sample archive, in the order of addition."""
    return [talks(), denial(), undated(), copy()]
