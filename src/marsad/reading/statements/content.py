"""Where the content of a statement ends, and its form.

The end is looked for from the content's first word: at every comma, at every word that may begin something new (a
clause, an adjunct), and after a quotation, a scorer says whether the content ends there; the first yes decides.  It
never runs over the end of its sentence, except with the quotation that it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from marsad.reading.scorer import load_scorer
from marsad.reading.statements.frame import Frame
from marsad.reading.statements.view import View
from marsad.records import Form
from marsad.text.document import Token

_TRAILING = frozenset("،,؛;:-–—.!؟?…*) \n\t")
MOST_ENDS = 60
"""Places at which content may end that are weighed; where none of them will do, it goes on to its limit."""
LONGEST_CONTENT = 400
"""Tokens after which unquoted content is cut, so that a sentence without an end costs no more than its length."""


def cuts(view: View, outer: Frame, inner: Frame) -> bool:
    """Whether by its form the clause of `inner` is a sister of what `outer` says, not nested in it."""
    tokens = view.tokens
    inner_quote, outer_quote = tokens[inner.cue].quote, tokens[outer.cue].quote
    if inner_quote != outer_quote and inner_quote >= 0 and not view.is_name_quote(view.document.quotes[inner_quote]):
        return False
    if inner.how in ("participle", "phrase", "quote"):
        return True
    if inner.how == "noun" or inner.side == "relative":
        return False
    if not inner.joined:
        return False
    inside = inner.side == "none" and inner.tense == "present" and outer.tense == "past"
    return not inside


def clause_starts(frames: Sequence[Frame]) -> dict[int, list[Frame]]:
    """Frames by the token at which their clause begins."""
    starts: dict[int, list[Frame]] = {}
    for frame in frames:
        starts.setdefault(frame.clause if frame.clause >= 0 else frame.cue, []).append(frame)
    return starts


def bound(view: View, frames: Sequence[Frame]) -> None:
    """Set the content spans of every frame that has none."""
    starts = clause_starts(frames)
    scorer = load_scorer("content-end")
    for frame in frames:
        if frame.content:
            continue
        limit, points = region(view, frame, starts)
        end = limit
        for k in points[:MOST_ENDS]:
            if tagged(view, k, limit):
                end = k
                break
            if scorer.probability(end_features(view, frame, k, limit, starts)) >= 0.5:
                end = k
                break
        stop = view.tokens[end - 1].end if end > 0 else frame.start + 1
        frame.content = [(frame.start, trim(view, frame.start, stop))]
        if frame.prefix is not None:
            frame.content.insert(0, frame.prefix)


def tagged(view: View, k: int, limit: int) -> bool:
    """Whether a tag («على حد تعبيره») stands at token `k` or behind the marks there."""
    while k < limit and view.tokens[k].pos == "PUNCT" and view.quote_at(view.tokens[k]) is None:
        k += 1
    return k < limit and view.tag_at(k)


def region(view: View, frame: Frame, starts: Mapping[int, Sequence[Frame]]) -> tuple[int, list[int]]:
    """(token after the last that the content can hold, tokens before which it may end, in order)."""
    tokens = view.tokens
    limit = view.limit(frame.cue)
    if tokens[frame.first].sentence != tokens[frame.cue].sentence:
        limit = view.document.sentences[tokens[frame.first].sentence].last
    limit = min(limit, frame.first + LONGEST_CONTENT)
    points: list[int] = []
    begins = view.begins
    k = frame.first
    opening = view.quote_at(tokens[k])
    while k < limit:
        token = tokens[k]
        quote = view.quote_at(token)
        if quote is not None and (quote is opening or not view.is_name_quote(quote)):
            k = quote.last + (1 if quote.closed else 0)
            if k > limit:
                limit = view.document.sentences[tokens[quote.last - 1].sentence].last
                limit = max(limit, k)
            if k < limit and quote is opening:
                points.append(k)
                if _ends(tokens[k]):
                    return k, points
            elif k == limit and quote is opening:
                return k, points
            continue
        possible = k > frame.first and (begins[k] or k in starts) and not _governed(tokens, frame, k)
        if possible and (not points or points[-1] != k):
            points.append(k)
        k += 1
    return limit, points


def _governed(tokens: Sequence[Token], frame: Frame, k: int) -> bool:
    """Whether token `k` is the genitive of a first noun that means nothing without it («أكد أهمية *مواصلة* …»)."""
    first, token = tokens[k - 1], tokens[k]
    if k != frame.first + 1 or first.pos != "NOUN" or first.definite or first.enclitic or token.proclitics:
        return False
    return token.pos in ("NOUN", "ADJ", "X") and token.norm[-1:] != "ا"


def _ends(token: Token) -> bool:
    return token.norm in (".", "!", "؟", "?")


@lru_cache(maxsize=20_000)
def _kinds(keys: frozenset[str]) -> str:
    """The kinds of readings that a word has, one letter each."""
    return "".join(sorted({key[0] for key in keys if key[1:2] == ":"}))


def end_features(view: View, frame: Frame, k: int, limit: int, starts: Mapping[int, Sequence[Frame]]) -> list[str]:
    """Features of the claim that the content of `frame` ends before token `k`."""
    tokens = view.tokens
    token = tokens[k]
    mark = token.norm if token.pos == "PUNCT" else ""
    at = k
    while at < limit and tokens[at].pos == "PUNCT" and view.quote_at(tokens[at]) is None:
        at += 1
    comp = frame.complement
    nominal = comp in ("object", "prep")
    kind = f"{comp}/{frame.how}"
    closing = view.quote_ending(k - 1)
    after = "own" if closing is not None and closing.first - 1 == frame.first else "other" if closing else ""
    length = k - frame.first
    size = "1" if length <= 2 else "2" if length <= 5 else "3" if length <= 10 else "4" if length <= 20 else "5"
    out = [
        f"mark={mark}/{comp}",
        f"mark={mark}/{kind}/{size}",
        f"after={after}/{mark}",
        f"after={after}/{mark}/{comp}",
        f"size={size}/{comp}/{mark}",
    ]
    if at >= limit:
        out.append("last")
        return out
    word = tokens[at]
    joined = word.proclitics[0] if word.proclitics and word.proclitics[0] in "وف" else ""
    shape = f"{joined}{word.pos}/{word.tense}"
    head = word.stem if word.pos != "NAME" else "NAME"
    nxt = tokens[at + 1] if at + 1 < limit else None
    out += [
        f"word={head}/{mark}",
        f"word={word.norm}/{mark}/{nominal}",
        f"word={head}/{comp}/{mark}",
        f"shape={shape}/{mark}",
        f"shape={shape}/{mark}/{comp}",
        f"shape={shape}/{mark}/{frame.tense}/{nominal}",
        f"shape={shape}/{size}/{nominal}",
        f"shape={shape}/{after}",
        f"row={frame.row_id}/{head}",
        f"row={frame.row_id}/{mark}/{word.pos}",
        f"definite={word.definite}/{word.pos}/{joined}/{mark}",
        f"previous={tokens[k - 1].pos}/{tokens[k - 1].definite}/{shape}/{mark}",
        f"ending={word.norm[-1:]}/{word.pos}/{mark}/{nominal}",
        f"keys={_kinds(word.keys)}/{joined}/{mark}/{nominal}",
    ]
    if nxt is not None:
        out += [f"next={head}+{nxt.stem}", f"next={shape}/{nxt.pos}/{mark}/{nominal}", f"then={nxt.lemma}/{word.pos}"]
    verbs = view.verb_within(frame.first, k)
    out.append(f"verb before={verbs}/{comp}/{shape}/{mark}")
    if mark in ("-", "–", "—"):
        dashes = sum(1 for t in tokens[frame.first : k] if t.norm in ("-", "–", "—")) % 2
        out.append(f"dash={dashes}/{comp}")
    sisters = starts.get(k, ()) or starts.get(at, ())
    for other in sisters:
        if other is frame or other.cue <= frame.cue:
            continue
        sister = f"{other.how}/{other.side}/{other.joined}"
        out += [
            f"sister={cuts(view, frame, other)}/{mark != ''}",
            f"sister={sister}/{comp}",
            f"sister={sister}/{other.complement}/{mark}",
            f"sister={sister}/{frame.tense}/{other.tense}",
            f"sister agrees={frame.gender == other.gender}/{other.how}/{other.side}",
            f"sister row={other.row_id}/{other.how}",
        ]
        break
    else:
        out.append(f"no sister/{mark}/{word.pos}")
    return out


def trim(view: View, start: int, end: int) -> int:
    """`end` moved left over stops, commas and a last conjunction."""
    text = view.document.text
    while True:
        while end > start + 1 and (text[end - 1] in _TRAILING or text[end - 1].isspace()):
            if text[end - 1] == ")" and "(" in text[start : end - 1]:
                break
            end -= 1
        if end - start <= 2 or text[end - 2 : end] not in (" و", " ف"):
            return end
        end -= 2


def form_of(view: View, frame: Frame) -> Form:
    """The form of a bounded frame."""
    if frame.how == "headline":
        return "headline"
    inside = total = 0
    for token in _words(view, frame):
        total += 1
        if token.quote >= 0 and view.document.quotes[token.quote].start >= frame.content[0][0]:
            inside += 1
    if total and inside >= 0.85 * total:
        return "fragment" if frame.act == "CHARACTERIZE" else "direct"
    if inside:
        return "mixed"
    return "nominal" if frame.complement in ("object", "prep") else "indirect"


def _words(view: View, frame: Frame) -> Iterator[Token]:
    for start, end in frame.content:
        for token in view.tokens[view.token_at(start) : view.token_at(end)]:
            if token.pos != "PUNCT":
                yield token
