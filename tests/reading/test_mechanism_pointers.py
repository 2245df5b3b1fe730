"""A pointing word as the subject of a causal verb: the cause is what was said before."""

import pytest

import marsad


@pytest.mark.parametrize(
    ("text", "pointer", "antecedent", "effect"),
    [
        (
            "ارتفعت رسوم الميناء في فيجي هذا العام. في المقابل، أسهم ذلك في تراجع حركة الشحن.",
            "ذلك", "رسوم الميناء", "حركة الشحن",
        ),
        (
            "قال الخبير كمال ساري إن زاريا أغلقت الميناء الشرقي، وهو ما من شأنه أن يحول دون وصول القمح.",
            "ما", "أغلقت الميناء", "وصول القمح",
        ),
    ],
)  # fmt: skip
def test_pointer(text: str, pointer: str, antecedent: str, effect: str) -> None:
    found = [m for m in marsad.read(text).mechanisms if m.cause.quote == pointer]
    assert found
    assert found[0].cause_antecedent is not None
    assert antecedent in found[0].cause_antecedent.quote
    assert effect in found[0].effect.quote


@pytest.mark.parametrize(
    "text",
    [
        "وعلاوة على ذلك، سعت زاريا إلى بناء ميناء جديد.",
        "أدى هذا القرار إلى تراجع حركة الشحن.",
    ],
)
def test_no_pointer(text: str) -> None:
    assert all(m.cause.quote not in ("ذلك", "هذا") for m in marsad.read(text).mechanisms)


def test_why_something_is_important_says_what_it_does() -> None:
    text = "قال الخبير كمال ساري إن هذه المحادثات تعد مهمة لأنها تعزز الثقة بين فيجي ونيبال."
    found = [(m.cause.quote, m.effect.quote) for m in marsad.read(text).mechanisms]
    assert any("المحادثات" in cause and effect.startswith("الثقة") for cause, effect in found)
    assert all("المحادثات" in cause for cause, _ in found)
