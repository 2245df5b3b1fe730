"""Overlapping marks are cut into pieces that carry all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marsad.view.highlight import Mark, pieces


def test_overlap():
    marks = [Mark(2, 6, "a", "content"), Mark(4, 8, "b", "content"), Mark(4, 5, "c", "cue")]
    cut = [(p.start, p.end, [m.item for m in p.marks]) for p in pieces(10, marks)]
    assert cut == [
        (0, 2, []),
        (2, 4, ["a"]),
        (4, 5, ["c", "a", "b"]),
        (5, 6, ["a", "b"]),
        (6, 8, ["b"]),
        (8, 10, []),
    ]


def test_tightest_mark_comes_first():
    (piece,) = [p for p in pieces(9, [Mark(0, 9, "wide", ""), Mark(3, 4, "tight", "")]) if p.start == 3]
    assert [m.item for m in piece.marks] == ["tight", "wide"]


spans = st.tuples(st.integers(-3, 30), st.integers(-3, 30))


@given(st.integers(0, 25), st.lists(spans, max_size=12))
def test_pieces_cover_the_text_once_and_carry_exactly_their_marks(length, ends):
    marks = [Mark(a, b, str(i), "x") for i, (a, b) in enumerate(ends)]
    at = 0
    for piece in pieces(length, marks):
        assert piece.start == at < piece.end <= length
        at = piece.end
        assert set(piece.marks) == {m for m in marks if m.start <= piece.start and piece.end <= m.end}
    assert at == length
