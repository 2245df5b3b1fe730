"""The sign of a mechanism: a lowering word counts once, whether it is the cue or stands behind it."""

import pytest

import marsad


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("قال الخبير إن الهدنة تمنع اندلاع حرب جديدة في المنطقة.", -1),
        ("سحبت زاريا سفنها تجنبا لمواجهة مفتوحة مع فيجي.", -1),
        ("قال الخبير إن نقص القمح يهدد باندلاع اضطرابات واسعة في المنطقة.", 1),
        ("قال الخبير إن الهجوم أدى إلى اندلاع حرب جديدة في المنطقة.", 1),
    ],
)
def test_sign(text: str, sign: int) -> None:
    signs = {m.sign for m in marsad.read(text).mechanisms}
    assert signs == {sign}


def test_what_is_not_subject_to_pressure_is_denied_an_effect() -> None:
    found = marsad.read("أكد الوزير كمال ساري أن العلاقات بين فيجي ونيبال لا تخضع لضغوط خارجية.").mechanisms
    assert [(m.claim, m.cause.quote) for m in found] == [("denies", "ضغوط خارجية")]
