"""What the tasks of the statement layer share: the view of a labelled article and the label of a frame."""

from __future__ import annotations

from typing import Any

from marsad.reading.actors.find import find_actors
from marsad.reading.statements.frame import Frame
from marsad.reading.statements.view import View
from marsad.records import Article
from marsad.text.analyse import analyse


def view_of(article: dict[str, Any]) -> View:
    """The statement layer's view of a labelled article."""
    document = analyse(article["text"])
    return View(document, find_actors(document, Article(text=article["text"], outlet=article.get("outlet"))))


def label_of(statements: list[dict[str, Any]], frame: Frame) -> dict[str, Any] | None:
    """The labelled statement whose cue meets that of the frame."""
    for statement in statements:
        cue = statement["cue"]
        if cue is None:
            if abs(int(statement["content"][0]["start"]) - frame.start) < 5:
                return statement
        elif int(cue["start"]) < frame.cue_end and frame.cue_start < int(cue["end"]):
            return statement
    return None
