"""Pairing of quotation marks, before sentences are split.

Arabic texts mix « », “ ”, straight marks and single ones, write them the wrong way round, and in one of ten articles
leave one out.  The direction of a mark is taken from the blanks around it where those are clear, else from its shape,
else from whether a quote is open.  A quote may run over paragraphs when its closing mark is found; a mark without
partner opens a quote only when it opens (its end is then inferred: end of the paragraph after a colon, else end of
the sentence).  One pass and bounded look-back: linear time on any input.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from marsad.text.document import Quote, Token

_MARK = re.compile("[\"“”„‟«»‹›〝〞＂]|''|``|['‘’‚‛]")
_FAMILY = {"«": "guillemet", "»": "guillemet", "‹": "guillemet", "›": "guillemet"}
_SINGLE = frozenset("'‘’‚‛")
_OPENING = frozenset(["«", "‹", "“", "„", "‟", "〝", "``", "‘", "‚", "‛"])
_CLOSING = frozenset(["»", "›", "”", "〞", "’"])
_BLANK = frozenset(" \t\r\n\f\v\u00a0\u2009\u202f\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\ufeff")
_OPENERS = frozenset("([{:ـ-–—/،;؛,")
_CLOSERS = frozenset(".,،؛;:!؟?)]}…-–—/ـ")
_STOP = re.compile(r"[.!؟?…](?=[\s»”\"]|$)|\n")
MAX_DEPTH = 8
"""Marks nested deeper than this are ignored."""
MAX_PARAGRAPHS = 12
"""A quote runs over at most this many line ends."""
MAX_SINGLE = 400
"""A quote in single marks is at most this many characters long: they are apostrophes as often."""


def _direction(text: str, start: int, end: int) -> int:
    """+1 where the blanks around the mark say that it opens, -1 where that it closes, 0 where unclear."""
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    blank_before, blank_after = before in _BLANK, after in _BLANK
    if blank_before != blank_after:
        return 1 if blank_before else -1
    if blank_before:
        return 0
    if before in _OPENERS and after not in _CLOSERS:
        return 1
    if after in _CLOSERS and before not in _OPENERS:
        return -1
    if before == "و" and (start < 2 or text[start - 2] in _BLANK):
        return 1  # و«…»
    return 0


def pair_quotes(text: str) -> list[tuple[int, int, int, int, bool]]:
    """(start, end, inner start, inner end, closed) of every quote, in order of start; properly nested."""
    found: list[tuple[int, int, int, int, bool]] = []
    stack: list[tuple[int, int, str, int]] = []  # start, inner start, family, line
    line = 0
    at = 0
    for match in _MARK.finditer(text):
        mark, (start, end) = match.group(), match.span()
        line += text.count("\n", at, start)
        at = start
        direction = _direction(text, start, end)
        if mark in _SINGLE:
            if direction == 0:
                continue
            family = "single"
        else:
            family = _FAMILY.get(mark, "double")
        while stack and (
            line - stack[-1][3] > MAX_PARAGRAPHS or (stack[-1][2] == "single" and start - stack[-1][0] > MAX_SINGLE)
        ):
            _unclosed(text, stack.pop(), found, start)
        if stack and stack[-1][2] == "weak" and (line != stack[-1][3] or (family == "double" and direction > 0)):
            stack.pop()
        same = ("double", "weak") if family == "double" else (family,)
        open_at = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][2] in same), -1)
        shape = 1 if mark in _OPENING else -1 if mark in _CLOSING else 0
        if family == "single":
            closes = direction < 0
        elif shape and direction in (0, shape):
            closes = shape < 0
        elif direction:
            closes = direction < 0
        else:
            closes = open_at >= 0
        if closes and open_at < 0 and family != "single" and stack and stack[-1][2] not in ("single", "weak"):
            open_at = len(stack) - 1  # «…" : the marks differ, the places agree
        if closes and open_at < 0:
            if family == "double" and not shape and len(stack) < MAX_DEPTH:
                # «قال" نحن هنا"»: with nothing open it may open, its blank misplaced; forgotten if not closed.
                stack.append((start, end, "weak", line))
            continue
        if closes:
            for entry in reversed(stack[open_at + 1 :]):
                _unclosed(text, entry, found, start)
            opened = stack[open_at]
            del stack[open_at:]
            found.append((opened[0], end, opened[1], start, True))
        elif family == "single" and open_at >= 0:
            continue
        elif open_at >= 0 and line != stack[open_at][3]:
            # An opening mark again in a later paragraph: the one before was never closed.
            for entry in reversed(stack[open_at:]):
                _unclosed(text, entry, found, start)
            del stack[open_at:]
            stack.append((start, end, family, line))
        elif len(stack) < MAX_DEPTH:
            stack.append((start, end, family, line))
    for entry in reversed(stack):
        _unclosed(text, entry, found, len(text))
    found.sort(key=lambda quote: (quote[0], -quote[1]))
    return _nested(found)


def _nested(found: list[tuple[int, int, int, int, bool]]) -> list[tuple[int, int, int, int, bool]]:
    """The quotes in order, none crossing another: an inferred end gives way to a mark that stands in the text."""
    out = list(found)
    stack: list[int] = []
    for index, (start, end, inner, inner_end, closed) in enumerate(found):
        while stack and out[stack[-1]][1] <= start:
            stack.pop()
        if stack and not closed and out[stack[-1]][4] and end > out[stack[-1]][3]:
            end = inner_end = max(inner, out[stack[-1]][3])
            out[index] = (start, end, inner, inner_end, closed)
        for outer in reversed(stack):
            if out[outer][1] >= end:
                break
            out[outer] = (out[outer][0], end, out[outer][2], end, out[outer][4])
        stack.append(index)
    return out


def _unclosed(
    text: str, entry: tuple[int, int, str, int], found: list[tuple[int, int, int, int, bool]], limit: int
) -> None:
    """Infer the end of a quote that nothing closes, before `limit`; single marks are taken as apostrophes."""
    start, inner, family, _ = entry
    if family in ("single", "weak"):
        return
    lead = text[max(0, start - 2) : start].rstrip()
    if lead.endswith(":"):
        stop = text.find("\n", inner, limit)
        end = limit if stop < 0 else stop
    else:
        match = _STOP.search(text, inner, limit)
        end = match.start() if match else limit
    while end > inner and text[end - 1].isspace():
        end -= 1
    if end - inner >= 2:
        found.append((start, end, inner, end, False))


def quotes_over(text: str, tokens: list[Token]) -> list[Quote]:
    """The quotes of the text; sets `quote` of the tokens inside."""
    starts = [token.start for token in tokens]
    quotes: list[Quote] = []
    for start, end, inner_start, inner_end, closed in pair_quotes(text):
        first, last = bisect_left(starts, inner_start), bisect_left(starts, inner_end)
        if first >= last:
            continue
        index = len(quotes)
        quotes.append(Quote(index, start, end, inner_start, inner_end, first, last, closed))
        for token in tokens[first:last]:
            token.quote = index
    return quotes
