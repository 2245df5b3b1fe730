"""Where the content of a statement ends, what is nested in it, and its form."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.statements_frames import Frame
from marsad.reading.statements_view import View
from marsad.records import Form

_TRAILING = frozenset("،,؛;:-–—.!؟?…*) \n\t")
_STOPS = frozenset(["،", ",", "؛", ";", "-", "–", "—", ".", "!", "؟", "?", "..", "...", "…", ":"])


def cuts(view: View, outer: Frame, inner: Frame) -> bool:
    """Whether the clause of `inner` ends the content of `outer` (it is a sister, not nested in what is said)."""
    tokens = view.tokens
    inner_quote, outer_quote = tokens[inner.cue].quote, tokens[outer.cue].quote
    if inner_quote != outer_quote and inner_quote >= 0 and not view.is_name_quote(view.document.quotes[inner_quote]):
        return False
    if inner.how == "participle":
        return True
    if inner.how in ("phrase", "quote"):
        return True
    if inner.how == "noun" or inner.side == "relative":
        return False
    if not inner.joined:
        return False
    inside = inner.side == "none" and inner.tense == "present" and outer.tense == "past"
    return not inside


def bound(view: View, frames: Sequence[Frame]) -> None:
    """Set the content spans of every frame; frames in text order of their cues."""
    starts: dict[int, list[Frame]] = {}
    for frame in frames:
        starts.setdefault(frame.clause if frame.clause >= 0 else frame.cue, []).append(frame)
    for frame in frames:
        if not frame.content:
            frame.content = [_content(view, frame, starts)]


def _content(view: View, frame: Frame, starts: dict[int, list[Frame]]) -> tuple[int, int]:
    tokens = view.tokens
    limit = view.limit(frame.cue)
    k = frame.first
    if tokens[k].sentence != tokens[frame.cue].sentence:
        limit = view.document.sentences[tokens[k].sentence].last
    quote = view.quote_at(tokens[k])
    if (quote is not None and not view.is_name_quote(quote)) or (quote is not None and frame.complement == "quote"):
        k, done = _after_quote(view, quote.last, limit, quote.closed)
        limit = max(limit, view.document.sentences[tokens[quote.last - 1].sentence].last) if not done else limit
        if done:
            return frame.start, max(quote.end, frame.start + 1)
    end = _scan(view, frame, k, limit, starts)
    return frame.start, _trim(view, frame.start, end)


def _after_quote(view: View, last: int, limit: int, closed: bool) -> tuple[int, bool]:
    """(token after the closing mark, whether the content ends with the quotation)."""
    tokens = view.tokens
    k = last + (1 if closed else 0)
    if k >= len(tokens) or (k >= limit and tokens[k].sentence != tokens[last - 1].sentence):
        return k, True
    if tokens[k].norm in _STOPS:
        return k, True
    return k, False


def _scan(view: View, frame: Frame, k: int, limit: int, starts: dict[int, list[Frame]]) -> int:
    """Character offset at which the content ends, looking from token k."""
    tokens = view.tokens
    while k < limit:
        token = tokens[k]
        for other in starts.get(k, ()):
            if other is not frame and other.cue > frame.cue and cuts(view, frame, other):
                return token.start
        if view.tag_at(k):
            return token.start
        quote = view.quote_at(token)
        if quote is not None and not view.is_name_quote(quote):
            k = quote.last + 1
            if k > limit and quote.closed:
                limit = view.document.sentences[tokens[quote.last - 1].sentence].last
            continue
        k += 1
    return tokens[limit - 1].end if limit > 0 else frame.start + 1


def _trim(view: View, start: int, end: int) -> int:
    text = view.document.text
    while end > start + 1 and (text[end - 1] in _TRAILING or text[end - 1].isspace()):
        end -= 1
    if end - start > 2 and text[end - 2 : end] in (" و", " ف"):
        return _trim(view, start, end - 2)
    return end


def form_of(view: View, frame: Frame) -> Form:
    """The form of a bounded frame."""
    if frame.how == "headline":
        return "headline"
    inside = total = quoted = 0
    for start, end in frame.content:
        for token in view.tokens[view.token_at(start) : view.token_at(end)]:
            if token.pos == "PUNCT":
                continue
            total += 1
            if token.quote >= 0:
                quote = view.document.quotes[token.quote]
                if quote.start >= start:
                    inside += 1
                    quoted += 1
    nominal = frame.complement in ("object", "prep")
    if total and inside >= 0.85 * total:
        if frame.act == "CHARACTERIZE":
            return "fragment"
        return "direct"
    if quoted:
        return "mixed"
    return "nominal" if nominal else "indirect"
