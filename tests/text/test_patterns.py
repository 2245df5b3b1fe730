"""The pattern language, one line for each thing that it can say."""

from __future__ import annotations

import time

import pytest

from marsad.errors import DataError
from marsad.text.analyse import analyse
from marsad.text.patterns import Matcher

SENTENCE = "وقال الوزير الكيني إن بلاده لن تقبل بفرض عقوبات على شركاتها، وأكد دعمه للاتفاق."


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("قال", "وقال"),  # the first element ignores clitics
        ("=قال", None),  # strict: the whole word
        ("=وقال", "وقال"),
        ("الوزير", "الوزير"),
        ("وزير", "الوزير"),
        ("الوفد", None),
        ("v:قال", "وقال"),
        ("v:أكّد", "وأكد"),  # lemmas may be written in full
        ("n:عقوبة", "عقوبات"),
        ("n:شركة+_", "شركاتها"),  # any pronoun
        ("n:شركة+ها", "شركاتها"),
        ("n:شركة+ه", None),
        ("m:فرض n:عقوبة", "بفرض عقوبات"),
        ("تقبل m:فرض", None),  # a later element stands without clitics
        ("تقبل ب+m:فرض", "تقبل بفرض"),
        ("تقبل *فرض", "تقبل بفرض"),
        ("!فرض", None),  # no proclitic at all
        ("دعم ل+", "دعمه للاتفاق"),
        ("v:قال ~3 (أن|إن)", "وقال الوزير الكيني إن"),
        ("v:قال ~1 (أن|إن)", None),  # the gap is too short
        ("v:قال ~2-4 (أن|إن)", "وقال الوزير الكيني إن"),
        ("الوزير الكيني? إن", "الوزير الكيني إن"),
        ("الوزير الروسي? الكيني", "الوزير الكيني"),
        ("(في حين|لن) تقبل", "لن تقبل"),
        ("^ v:قال", "وقال"),
        ("^ v:أكد", None),
        ("*الاتفاق $", "للاتفاق"),
        ("n:شركة+_ ، و+v:أكد", "شركاتها، وأكد"),
        ("لن @VERB", "لن تقبل"),
        ("@PART v:قبل [ب+m:فرض]", "لن تقبل بفرض"),
    ],
)
def test_pattern(pattern: str, matched: str | None) -> None:
    document = analyse(SENTENCE)
    found = Matcher([("row", pattern)]).find(document)
    if matched is None:
        assert not found
    else:
        first, last = found[0].first, found[0].last
        assert document.text[document.tokens[first].start : document.tokens[last - 1].end] == matched


def test_brackets_report_a_part() -> None:
    document = analyse(SENTENCE)
    match = Matcher([("row", "v:قبل [ب+m:فرض n:عقوبة] على")]).find(document)[0]
    assert [token.form for token in document.tokens[slice(*match.inner)]] == ["بفرض", "عقوبات"]


def test_no_pattern_crosses_a_sentence() -> None:
    document = analyse("قال الوزير. إن الأمر انتهى.")
    assert not Matcher([("row", "v:قال ~5 إن")]).find(document)


def test_every_row_is_found() -> None:
    rows = [("a", "v:قال"), ("b", "قال ~3 إن"), ("c", "(v:قال|v:أكد)"), ("c", "الوزير")]
    found = {match.row for match in Matcher(rows).find(analyse(SENTENCE))}
    assert found == {"a", "b", "c"}


@pytest.mark.parametrize("pattern", ["", "(قال", "قال)", "?", "~3 قال", "قال ~9-3", "قال+بلد+ها", "قال?"])
def test_bad_patterns_are_refused(pattern: str) -> None:
    with pytest.raises(DataError):
        Matcher([("row", pattern)])


def test_thousands_of_rows_and_a_long_text() -> None:
    rows = [(number, f"كلمة{number} ~3 (أن|إن)") for number in range(5000)] + [("gap", "قال ~3 قال ~3 قال ~3 إن")]
    matcher = Matcher(rows)
    document = analyse("قال " * 20_000)
    started = time.perf_counter()
    assert not matcher.find(document)
    assert time.perf_counter() - started < 10
