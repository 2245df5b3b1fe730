"""Inflection of the actor rows: gender, dual, sound plurals, case endings and construct state, without the article."""

from __future__ import annotations

from collections.abc import Iterator


def nisba_forms(lemma: str) -> Iterator[tuple[str, str, str]]:
    """Forms of a nisba adjective («روسي»): gender, number; the last word of a compound alone is not inflected."""
    stem, _, tail = lemma.partition(" ")
    pairs: list[tuple[str, str, str, str]] = [("", "", "m", "s"), ("ة", "ة", "f", "s")]
    pairs += [(end, end, "m", "d") for end in ("ان", "ين")] + [(end, end, "m", "p") for end in ("ون", "ين")]
    pairs += [
        ("تان", "تان", "f", "d"),
        ("تين", "تين", "f", "d"),
        ("ات", "ات", "f", "p"),
        ("ا", "ا", "m", "s"),
    ]
    for end, tail_end, gender, number in pairs:
        yield stem + end + (f" {tail}{tail_end}" if tail else ""), gender, number


def head_forms(
    lemma: str, gender: str, feminine: str, plurals: list[str]
) -> Iterator[tuple[str, str, str, bool]]:
    """Every written form of a noun without the article: form, gender, number, construct (no article possible)."""
    yield lemma, gender, "s", False
    if gender == "m" and " " not in lemma:
        yield lemma + "ا", gender, "s", False
    for base, base_gender in ((lemma, gender), (feminine, "f")):
        if not base or " " in base:
            if base and base_gender == "f" and base != lemma:
                yield base, "f", "s", False
            continue
        stem = base[:-1] + "ت" if base.endswith("ة") else base
        if base != lemma:
            yield base, "f", "s", False
        yield stem + "ان", base_gender, "d", False
        yield stem + "ين", base_gender, "d", False
        yield stem + "ا", base_gender, "d", True
        yield stem + "ي", base_gender, "d", True
    root = lemma[:-1] if lemma.endswith(("ة", "ي")) and " " not in lemma else lemma
    for plural in plurals:
        if plural == "+":
            nisba = lemma if lemma.endswith("ي") else root
            yield nisba + "ون", "m", "p", False
            yield nisba + "ين", "m", "p", False
            yield nisba + "و", "m", "p", True
            yield nisba + "ي", "m", "p", True
        elif plural == "-":
            yield root + "ات", "f", "p", False
        else:
            yield plural, gender, "p", False
