"""The terminal view."""

from __future__ import annotations

import io

from marsad import examples
from marsad.reading.pipeline import read
from marsad.records import Article
from marsad.view.terminal import print_reading
from tests.view.test_page import HOSTILE, full_reading


def shown(article, reading):
    out = io.StringIO()
    print_reading(article, reading, out)
    return out.getvalue()


def test_example():
    article = examples.load()
    text = shown(article, read(article))
    assert article.title in text
    assert "2025-03-11" in text


def test_hostile_text_cannot_steer_the_terminal():
    text = f"قال الوزير إن السلام قريب لأن {HOSTILE}"
    name = "[red]أحمد[/red] \x1b[31m \u202e"
    out = shown(Article(text=text, title=name), full_reading(text, name))
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[red]أحمد[/red]" in out


def test_every_isolate_is_closed():
    text = "قال الوزير إن السلام قريب لأن الطرفين يريدانه"
    out = shown(Article(text=text), full_reading(text, "أحمد"))
    assert out.count("\u2068") == out.count("\u2069") > 0
