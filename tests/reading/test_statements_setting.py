"""To whom, through which outlet, on what occasion and when something was said."""

from __future__ import annotations

import pytest

from marsad.reading.pipeline import read
from marsad.records import Article

# sentence, and what is expected: addressee, outlet, occasion, time
CASES = [
    ("قال وزير الخارجية التركي لوكالة رويترز إن المحادثات مستمرة.", None, "وكالة رويترز", None, None),
    ("قال وزير الخارجية التركي للصحفيين إن المحادثات مستمرة.", "صحفيين", None, None, None),
    ("وأكد وزير الدفاع الإيطالي في مؤتمر صحفي أن القوات ستبقى.", None, None, "مؤتمر صحفي", None),
    ("وأكد وزير الدفاع الإيطالي، في بيان مساء أمس، أن القوات ستبقى.", None, None, "بيان", "2025-03-11"),
    ("وأعلنت بكين في 14 نوفمبر/تشرين الثاني 2024 أن المعبر مفتوح.", None, None, None, "2024-11-14"),
    ("وأوضحت الوزيرة السويدية الثلاثاء أن الاتفاق جاهز.", None, None, None, "2025-03-11"),
    ("وقال وزير الخارجية التركي في الوقت نفسه إن المحادثات مستمرة.", None, None, None, None),
    ("وقال وزير الخارجية التركي إن القوات انسحبت أمس.", None, None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "addressee", "outlet", "occasion", "time"), CASES)
def test_setting(text, addressee, outlet, occasion, time):
    statement = read(Article(text=text, date="2025-03-12")).statements[0]

    def words(span):
        return span.quote if span else None

    assert words(statement.addressee) == addressee
    assert words(statement.outlet) == outlet
    assert words(statement.occasion) == occasion
    assert (statement.time.value if statement.time else None) == time
