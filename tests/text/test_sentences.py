"""Sentences, headings, datelines and quotes on invented lines in many styles."""

from __future__ import annotations

import pytest

from marsad.text.analyse import analyse


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("وصل الوفد. غادر الوزير.", 2),
        ("بلغت النسبة 3.5 في المئة. وانتهى الأمر.", 2),  # a stop inside a number
        ("قال د. سامر إن الأمر انتهى.", 1),  # a title
        ("نقلت أ. ب. عن المصدر خبرا.", 1),  # initials
        ("من أين؟ ولماذا! لا أحد يعرف…", 3),
        ("السطر الأول\nالسطر الثاني", 2),  # a line end
        ("زوروا www.example.org/a.b اليوم.", 1),  # an address
        ("قال: «سنعود.» ثم مضى.", 2),  # the mark stays with the sentence that it closes
        ("نحن هنا... وهناك", 2),
        ("", 0),
    ],
)
def test_number_of_sentences(text: str, sentences: int) -> None:
    assert len(analyse(text).sentences) == sentences


@pytest.mark.parametrize(
    ("text", "first_word"),
    [
        ("نيروبي - أعلن الجيش الكيني سقوط طائرة.", "أعلن"),
        ("نيروبي (وكالات) - أعلن الجيش الكيني سقوط طائرة.", "أعلن"),
        ("ليما، بيرو (CNN) -- قالت الحكومة إن الطريق أغلق.", "قالت"),
        ("(CNN)-- قالت الحكومة إن الطريق أغلق.", "قالت"),
        ("بدأت نتائج الاتفاق الكيني - التنزاني تظهر في الأسواق.", "بدأت"),  # a hyphen between nationalities
        ("وصل الوفد إلى المدينة.", "وصل"),
    ],
)
def test_datelines(text: str, first_word: str) -> None:
    document = analyse(text)
    assert document.tokens[document.sentences[0].body].form == first_word


def test_a_heading_is_a_short_line_without_a_stop() -> None:
    document = analyse("وصل الوفد إلى المدينة مساء.\nخلاف قديم\nوقال رئيس الوفد إن المحادثات ستبدأ غدا.")
    assert [sentence.heading for sentence in document.sentences] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("قال: «سنعود غدا».", ["سنعود غدا"]),
        ('قال "سنعود غدا" ومضى.', ["سنعود غدا"]),
        ("قال “سنعود غدا” ومضى.", ["سنعود غدا"]),
        ("قال ”سنعود غدا“ ومضى.", ["سنعود غدا"]),  # the wrong way round
        ("قال »سنعود غدا« ومضى.", ["سنعود غدا"]),
        ("قال «إن \"القرار\" نهائي» ومضى.", ['إن "القرار" نهائي', "القرار"]),
        ('وأضاف: "سنعود غدا ولن نتأخر.\nوكان الوزير قد سافر.', ["سنعود غدا ولن نتأخر."]),  # never closed
        ("قال «الفقرة الأولى.\nالفقرة الثانية» ثم صمت.", ["الفقرة الأولى.\nالفقرة الثانية"]),
        ("في مقابلة\" لن نتخذ قرارا\" قبل الغد.", [" لن نتخذ قرارا"]),  # a blank on the wrong side
        ("كتاب l'avenir وكتاب d'hier هنا", []),  # apostrophes
        ("قال سنعود» ومضى.", []),  # a closing mark alone
        ("قال: ‹نعم› و'لا'.", ["نعم", "لا"]),
    ],
)
def test_quotes(text: str, inside: list[str]) -> None:
    document = analyse(text)
    assert [text[quote.inner_start : quote.inner_end] for quote in document.quotes] == inside
