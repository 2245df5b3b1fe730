"""Why a question of the API has no answer."""

from __future__ import annotations

from litestar.openapi import ResponseSpec

from marsad.records import Record


class Problem(Record, frozen=True):
    """Why a question has no answer."""

    status_code: int
    detail: str


_SAID = {
    400: "What was asked cannot be understood.", 403: "The archive may only be read.",
    404: "There is no such thing in the archive.", 413: "The text is too large.",
}  # fmt: skip


def problems(*codes: int) -> dict[int, ResponseSpec]:
    """The description of the problems that a route may answer with."""
    return {code: ResponseSpec(Problem, generate_examples=False, description=_SAID[code]) for code in codes}
