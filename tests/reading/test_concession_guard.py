"""A conceded cause never comes out as an asserted one, whatever else links the two halves."""

import pytest

import marsad


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت الحكومة أنه حتى وإن لم تشارك بلادها في العقوبات فإنها ستغلق الحدود مع الجوار.",
        "ذكر التقرير أنه بالرغم من الحصار الذي فرض على الجزيرة، فإنها تعاملت مع الأزمة بذكاء.",
        "رغم توقف المحادثات، فإن الهدنة بقيت قائمة في الشمال.",
    ],
)
def test_concession_is_never_asserted(text):
    assert all(m.claim != "asserts" for m in marsad.read(text).mechanisms)
