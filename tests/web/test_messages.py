"""The catalogues: both languages say the same things, and pages say nothing that they do not hold."""

from __future__ import annotations

import re
import string
from importlib.resources import files

import pytest
from babel import Locale

from marsad.web.locale import LANGUAGES, catalogue, date, message, number, percent, strings
from marsad.web.pages.quality import GROUPS, results

TEMPLATES = {
    file.name: file.read_text(encoding="utf-8")
    for file in files("marsad.web").joinpath("templates").iterdir()
    if file.name.endswith(".html")
}


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", catalogue())
def test_both_languages(key: str) -> None:
    row = catalogue()[key]
    assert set(row) == set(LANGUAGES)
    names = []
    for language in LANGUAGES:
        text = row[language]
        forms = text if isinstance(text, dict) else {"other": text}
        if isinstance(text, dict):
            assert set(text) == set(Locale.parse(language).plural_form.tags) | {"other"}, language
        names.append(set().union(*map(_names, forms.values())))
        for form in forms.values():
            assert "<" not in form
    assert names[0] == names[1]


def test_pages_say_what_the_catalogue_holds() -> None:
    known = set(catalogue())
    for name, text in TEMPLATES.items():
        for key in re.findall(r"\bt\(\s*[\"']([^\"']+)[\"']\s*[,)]", text):
            assert key in known, f"{name}: {key}"
        for prefix in re.findall(r"\bt\(\s*[\"']([^\"']+)[\"']\s*~", text):
            assert any(key.startswith(prefix) for key in known), f"{name}: {prefix}"


def test_nothing_in_the_catalogue_is_unused() -> None:
    everything = "\n".join(TEMPLATES.values())
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for folder in (files("marsad.web"), files("marsad.web").joinpath("pages"))
        for file in folder.iterdir()
        if file.name.endswith(".py")
    )
    prefixes = (*re.findall(r"\bt\(\s*[\"']([^\"']+)[\"']\s*~", everything), "island", "dossier.bar_")
    unused = [
        key
        for key in catalogue()
        if not key.startswith(prefixes) and f'"{key}"' not in everything and f"'{key}'" not in everything
        and f'"{key}"' not in code
    ]  # fmt: skip
    assert not [key for key in unused if not key.startswith(("filter.since_date", "filter.until_date"))]


def test_plurals_numbers_and_dates() -> None:
    assert [str(message("ar", "records.found", n=n)) for n in (0, 1, 2, 3, 11, 100)] == [
        "لا بنود", "بند واحد", "بندان", "٣ بنود", "١١ بندا", "١٠٠ بند",
    ]  # fmt: skip
    assert number("ar", 12345) == "١٢٬٣٤٥"
    assert number("en", 12345) == "12,345"
    assert percent("en", 0.614) == "61%"
    assert date("ar", "2024-05-31") == "٣١ مايو ٢٠٢٤"
    assert date("en", "2024-05") == "May 2024"
    assert date("en", "2024") == "2024"
    assert date("en", "2024-05-31T10:20:30Z") == "31 May 2024, 10:20"
    for wrong in ("2024-W05", "2024-13-01", "x", "2024-01-01/2024-02-01"):
        assert date("en", wrong) == wrong
    assert str(message("en", "site.archive")) == "Archive"
    assert "&lt;b&gt;" in str(message("en", "link.because")) + str(message("en", "filter.since_date", date="<b>"))
    assert '"' not in message("en", "search.placeholder"), "it stands in an attribute"
    assert strings("en", "island.")["png"] == "PNG"


def test_quality_shows_what_was_measured() -> None:
    for measured in results().values():
        for rows in GROUPS.values():
            assert set(rows) <= set(measured["rows"])
        # The page says so in words.
        assert measured["rows"]["denied or conceded, emitted as asserted"]["right"] == 0
