"""Whatever is put and asked: what the index finds is what the words say, and what the archive holds is what was put."""

from __future__ import annotations

import string
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import QueryError
from marsad.records import Article
from marsad.store import open_archive
from marsad.store.check import faults
from marsad.store.identity import article_id, canonical_url
from marsad.store.prepare import prepare
from marsad.store.query import matcher, parse
from marsad.store.snippets import snippets
from marsad.text.terms import term, term_spans, terms
from tests.store.samples import Maker

WORDS = ["روسيا", "الصين", "والصين", "عقوبات", "العقوبة", "تجارة", "حرب", "وزير", "2024", "NATO"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
leaves = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(lambda words: '"' + " ".join(words) + '"'),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        st.tuples(inner, inner).map(" NOT ".join),
        inner.map("({})".format),
        inner.map("-({})".format),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory):
    """An archive of texts from few words, and the same as a folder of Parquet."""
    import random

    from marsad.store.pack import pack

    chance = random.Random(3)
    folder = tmp_path_factory.mktemp("library")
    held = [" ".join(chance.choices(WORDS, k=chance.randrange(1, 12))) for _ in range(120)]
    with open_archive(folder / "a.db") as store:
        for number, text in enumerate(held):
            store.put([prepare(*Maker(text, id=f"n{number}", date=f"2024-01-{number % 28 + 1:02}").made())])
        pack(store, folder / "p")  # type: ignore[arg-type]
        with open_archive(folder / "p") as packed:
            yield {f"n{number}": text for number, text in enumerate(held)}, store, packed


@given(query=queries)
@settings(deadline=None, max_examples=150)
def test_the_index_finds_what_the_words_say(library, query: str) -> None:
    held, store, packed = library
    try:
        tree = parse(query)
    except QueryError:
        return
    meets = matcher(tree)
    expected = {id for id, text in held.items() if meets(terms(text))}
    for archive in (store, packed):
        page = archive.search(query, limit=1000)
        assert {hit.article.source_id for hit in page.items} == expected
        assert page.total == len(expected)
    for hit in store.search(query, limit=3).items:
        text = held[hit.article.source_id]
        for snippet in hit.snippets:
            assert text[snippet.start :].startswith(snippet.text)
            assert all(0 <= a < b <= len(snippet.text) for a, b in snippet.hits)


@given(query=st.text(alphabet=[*string.printable, *"«»“”|()-ءأروسيا ٢"], max_size=60))
@settings(deadline=None, max_examples=300)
def test_any_search_is_answered_or_refused(library, query: str) -> None:
    _, store, packed = library
    try:
        found = store.search(query).total
    except QueryError:
        return
    assert packed.search(query).total == found


@given(puts=st.lists(st.tuples(st.sampled_from("abc"), texts, st.booleans()), max_size=12))
@settings(deadline=None, max_examples=40)
def test_an_archive_holds_what_was_put(puts: list[tuple[str, str, bool]]) -> None:
    expected: dict[str, list[str]] = {}
    with TemporaryDirectory() as folder, open_archive(Path(folder, "a.db")) as store:
        for number, (name, text, again) in enumerate(puts):
            maker = Maker(text, str(number), url=f"https://example.org/{name}", date="2024-02-03")
            maker.event("AGREE", text.split()[0], "RUS", "CHN")
            (outcome,) = store.put([prepare(*maker.made())], replace=again)
            known = expected.setdefault(name, [])
            if text not in known:
                known.append(text)
                assert outcome.change == ("added" if len(known) == 1 else "new-version")
            else:
                assert outcome.change == ("reread" if again and text == known[-1] else "unchanged")
        assert list(faults(store)) == []  # type: ignore[arg-type]
        assert store.stats().articles == len(expected)
        assert store.stats().versions == sum(map(len, expected.values()))
        for name, known in expected.items():
            id = article_id(Article(text="", url=f"https://example.org/{name}"), "")
            assert [store.article(id, n + 1).text for n in range(len(known))] == known  # type: ignore[union-attr]
            assert store.article(id).text == known[-1]  # type: ignore[union-attr]
        words = {word for known in expected.values() for word in known[-1].split()}
        for word in WORDS:
            now = sum(term(word) in terms(known[-1]) for known in expected.values())
            assert store.search(word).total == now, (word, words)
        assert store.records().total == len(expected)


@given(text=st.text(max_size=200))
@settings(deadline=None, max_examples=300)
def test_terms_stand_where_they_say(text: str) -> None:
    found = list(term_spans(text))
    assert [name for name, _, _ in found] == terms(text)
    for name, start, end in found:
        assert 0 <= start < end <= len(text)
        assert name == term(text[start:end])
        assert name.isalnum()
    once = " ".join(terms(text))
    assert all(name for name in once.split())


@given(text=texts, wanted=st.lists(st.sampled_from(WORDS).map(lambda w: tuple(terms(w))), max_size=3))
def test_snippets_are_parts_of_the_text(text: str, wanted: list[tuple[str, ...]]) -> None:
    for snippet in snippets(text, wanted):
        assert text[snippet.start : snippet.start + len(snippet.text)] == snippet.text
        for start, end in snippet.hits:
            assert tuple(terms(snippet.text[start:end])) in wanted


@given(path=st.text(alphabet=string.ascii_letters + "/-_.~%?=&#", max_size=30))
def test_a_canonical_address_is_its_own(path: str) -> None:
    once = canonical_url(f"http://www.example.org/{path}")
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    "words",
    [
        "العقوبات عقوبة والعقوبات بعقوبات لعقوباتها عقوبه",
        "إيران ايران وإيران لإيران بإيران",
        "مفاوضات المفاوضات وبالمفاوضات مفاوضة",
        "مسؤول المسؤولون مسؤولين المسئول",
        "علي على",
        "وزير الوزير ووزير للوزير وزراء الوزراء",
        "التجارة تجاره والتجاره",
        "أميركا أمريكا وأمريكا امريكا",
        "الإيرانية إيراني الإيرانيون",
        "كِتابٌ كتاب الكتـــاب",
        "٢٠٢٤ 2024 ۲۰۲۴",
    ],
)
def test_spellings_of_one_word_meet(words: str) -> None:
    assert len(set(terms(words))) == 1, terms(words)


@pytest.mark.parametrize("pair", ["روسيا روسي", "حرب حزب", "الصين صينية", "وزير وزارة", "سفير سفارة", "دول دولار"])
def test_different_words_do_not_meet(pair: str) -> None:
    assert len(set(terms(pair))) == 2


def test_a_record_id_depends_on_the_words_not_on_the_rule() -> None:
    def ids(**event) -> list[str]:
        maker = Maker("التقى وفد من روسيا وفدا من الصين.", id="x")
        maker.event(**{"kind": "CONSULT", "trigger": "التقى", "sources": "RUS", "targets": "CHN", **event})
        return [row.id for row in prepare(*maker.made()).records]

    assert ids() == ids(kind="AGREE", sources="RUS CHN", targets="", rule="new", confidence=0.1)
    assert ids() != ids(trigger="وفد")
    assert msgspec.json.encode(ids())
