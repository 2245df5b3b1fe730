"""Frames of phrases: «بحسب X», «حسبما قال X», «برأي X», «بالقول», «نقلا عن X», «بدعوى»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from marsad.lexicon.cues import Phrase
from marsad.reading.statements.frame import Frame, is_that, word_start
from marsad.reading.statements.view import View
from marsad.text.document import Token

_COMMAS = frozenset(["،", ",", "؛", "-", "–", "—", "("])
_DASHES = frozenset(["-", "–", "—", "("])


def phrase_frames(view: View, verbal: Sequence[Frame]) -> Iterator[Frame]:
    """Frames of according-to phrases and bridges."""
    for first, last, phrase in view.phrases:
        kind = phrase.row.kind
        frame: Frame | None = None
        if view.blocked(first):
            continue
        if kind == "relay":
            frame = _quoting(view, first, last, phrase, verbal) or _according(view, first, last, phrase)
        elif kind in ("according", "opinion"):
            frame = _according(view, first, last, phrase)
        elif kind == "reported":
            frame = _reported(view, first, last, phrase, verbal)
        elif kind == "bridge":
            frame = _bridge(view, first, last, phrase)
        elif kind == "pretext":
            frame = _pretext(view, first, last, phrase)
        if frame is not None:
            yield frame
            if frame.complement == "before":
                yield from _shorter(view, frame, verbal)


def _shorter(view: View, frame: Frame, verbal: Sequence[Frame]) -> Iterator[Frame]:
    """The same attribution over less of its sentence: what another statement says, or the last clause only."""
    tokens = view.tokens
    whole, end = (frame.prefix or frame.content[0]) if frame.prefix or frame.content else (0, 0)
    text = view.document.text
    seen = {frame.start, whole}
    starts: list[tuple[int, str]] = []
    floor = view.floor(frame.cue)
    for other in verbal:
        if other.sentence == frame.sentence and floor <= other.cue < other.first < frame.cue and not other.loose:
            starts.append((other.first, f"of {other.how}/{other.complement}"))
            if other.clause > floor:
                starts.append((max(other.clause, floor), f"with {other.how}"))
    breaks = view.cues.context["breaks"]
    for k in range(max(floor + 3, frame.cue - 60), frame.cue - 2):
        if tokens[k].norm in breaks or tokens[k].stem in breaks:
            at = k + 1 if not tokens[k].enclitic else k
            starts.append((at + 1 if is_that(tokens[at]) else at, "break"))
        elif tokens[k].pos == "PUNCT" and tokens[k + 1].proclitics[:1] == ("و",) and tokens[k + 1].pos == "VERB":
            starts.append((k + 1, "clause"))
    for k, origin in starts[-4:]:
        if k >= frame.cue:
            continue
        start = word_start(text, tokens[k]) if tokens[k].proclitics[:1] == ("و",) else tokens[k].start
        if start in seen or start >= end:
            continue
        seen.add(start)
        yield replace(frame, first=k, start=start, prefix=None, content=[(start, end)], origin=origin)


def _make(view: View, first: int, last: int, phrase: Phrase) -> Frame:
    tokens = view.tokens
    token = tokens[first]
    start = token.start
    if token.norm != phrase.words[0]:
        start += 1  # «وبحسب»: the conjunction is not of the cue
    end = tokens[last - 1].end
    frame = Frame(phrase.row.id, phrase.row.act, "phrase", first, start, end, "clause", -1, -1, token.sentence)
    frame.clause = first
    return frame


def _according(view: View, first: int, last: int, phrase: Phrase) -> Frame | None:
    tokens = view.tokens
    limit = view.limit(first)
    frame = _make(view, first, last, phrase)
    if last >= limit:
        return None
    token = tokens[last]
    if phrase.proclitic and token.enclitic and token.start + 1 + len(token.enclitic) >= token.end:
        frame.cue_end = token.end - len(token.enclitic)
        frame.side, frame.pronoun = "clitic", (last, token.enclitic)
        return _place(view, frame, last + 1, limit)
    subject = view.phrase_at(last)
    if phrase.proclitic:
        frame.cue_end = token.start + 1
    frame.subject, frame.side = subject, "phrase"
    if phrase.row.strict and not _speaks(view, subject) and not _set_off(view, first, subject[1]):
        return None
    if not phrase.row.strict and _standard(view, subject):
        return None
    return _place(view, frame, subject[1], limit)


def _quoting(view: View, first: int, last: int, phrase: Phrase, verbal: Sequence[Frame]) -> Frame | None:
    """«ذكرت الصحيفة نقلا عن X أن …»: X says what the newspaper passes on."""
    outer = next(
        (f for f in verbal if f.cue < first and last < f.first and f.sentence == view.tokens[first].sentence), None
    )
    if outer is None:
        return None
    frame = _make(view, first, last, phrase)
    frame.how, frame.complement, frame.tied = "noun", outer.complement, True
    frame.subject, frame.side = view.phrase_at(last), "phrase"
    frame.first, frame.start, frame.parent = outer.first, outer.start, outer
    return frame


def _set_off(view: View, first: int, after: int) -> bool:
    """The phrase stands between dashes, or فإن / فقد follows it: it can only be an attribution."""
    tokens = view.tokens
    if after >= len(tokens):
        return False
    if first > 0 and tokens[first - 1].norm in _DASHES and tokens[after].norm in _DASHES:
        return True
    at = after + 1 if tokens[after].norm in _COMMAS and after + 1 < len(tokens) else after
    return tokens[at].norm.startswith(("فان", "فقد"))


def _speaks(view: View, subject: tuple[int, int]) -> bool:
    """Whether the phrase names someone who can speak, or a document."""
    token = view.tokens[subject[0]]
    if _standard(view, subject):
        return False
    mention = view.mention_at(subject[0])
    if mention is not None:
        return mention.speaks
    if {token.lemma, token.stem} & view.cues.documents:
        return True
    inner = view.layer.within(subject[0], subject[1])
    return any(m.kind in ("unnamed", "outlet", "document", "person", "office") for m in inner)


def _standard(view: View, subject: tuple[int, int]) -> bool:
    token = view.tokens[subject[0]]
    return bool({token.lemma, token.stem} & view.cues.context["standards"])


def _place(view: View, frame: Frame, after: int, limit: int) -> Frame | None:
    """Content of a phrase: what follows it when it opens the sentence, else what precedes it."""
    tokens = view.tokens
    floor = view.floor(frame.cue)
    if _opens(view, frame.cue, floor) or _answered(view, after, limit):
        j = _content_after(view, after, limit)
        if j >= limit:
            return None
        token = tokens[j]
        frame.first = j
        frame.start = token.start + (len("ف") if token.proclitics[:1] == ("ف",) else 0)
        return frame
    frame.complement = "before"
    frame.last = after
    j = frame.cue
    while j > floor and (tokens[j - 1].pos == "PUNCT" and view.quote_ending(j - 1) is None):
        j -= 1
    if j <= floor:
        return None
    quote = view.quote_ending(j - 1)
    if quote is not None and not view.is_name_quote(quote) and quote.first - 1 >= floor:
        frame.first, frame.start = quote.first - 1, quote.start
        frame.content = [(quote.start, quote.end)]
        return frame
    k = floor
    while k < j and _lead(view, k):
        k += 1
    if k >= j:
        return None
    start = word_start(view.document.text, tokens[k]) if tokens[k].proclitics[:1] == ("و",) else tokens[k].start
    frame.first, frame.start = k, start
    end = tokens[j - 1].end
    goes_on = frame.cue > 0 and tokens[frame.cue - 1].pos == "PUNCT" and after + 1 < limit
    if goes_on and tokens[after].norm in _COMMAS | {")"} and _continues(view, after + 1):
        frame.prefix = (start, end)
        rest = tokens[after + 1]
        frame.first = after + 1
        frame.start = word_start(view.document.text, rest) if rest.proclitics[:1] == ("و",) else rest.start
        return frame
    frame.content = [(start, end)]
    return frame


def _answered(view: View, after: int, limit: int) -> bool:
    """«…، ووفقا له فإن …»: «فإن» or «فقد» behind the phrase makes what follows the content."""
    if after < limit and view.tokens[after].norm in _COMMAS:
        after += 1
    return after < limit and view.tokens[after].norm.startswith(("فان", "فقد"))


def _content_after(view: View, after: int, limit: int) -> int:
    """Token at which the content begins behind a phrase that opens the sentence."""
    tokens = view.tokens
    for k in range(after, min(after + 16, limit)):
        if tokens[k].norm in _COMMAS and k > after:
            break
        if tokens[k].norm.startswith("فان") or tokens[k].norm in ("فقد", "فلقد"):
            return k + 1
    j = after
    if j < limit and view.relative(tokens[j]):
        while j < limit and tokens[j].norm not in _COMMAS:
            j += 1
        after = j
    while j < limit and (tokens[j].norm in _COMMAS or tokens[j].norm == ":"):
        j += 1
    if j == after:
        # no comma: the content begins at the next verb or أن
        while j < limit and not (is_that(tokens[j]) or tokens[j].pos == "VERB" or tokens[j].norm in _COMMAS):
            j += 1
        if j >= limit:
            j = after
        while j < limit and tokens[j].norm in _COMMAS:
            j += 1
    if j < limit and (is_that(tokens[j]) or tokens[j].norm in ("فقد", "فلقد")):
        j += 1
    return j


def _lead(view: View, k: int) -> bool:
    """Words before the clause that a trailing attribution covers: marks, «كما», «أما», «إذ إن»."""
    token = view.tokens[k]
    if token.pos == "PUNCT":
        return view.quote_at(token) is None
    return token.norm in ("كما", "اما", "اذ", "حيث", "لكن", "وكما", "ولكن", "فيما") or (
        is_that(token) and not token.enclitic
    )


def _continues(view: View, k: int) -> bool:
    """Whether the clause goes on behind a phrase set between commas, not a new one."""
    token = view.tokens[k]
    if token.norm in view.cues.context["breaks"]:
        return False
    return not (token.proclitics[:1] in (("و",), ("ف",)) and view.tokens[k - 1].norm not in _DASHES)


def _opens(view: View, index: int, floor: int) -> bool:
    """Whether only turn markers, adverbs and conjunctions stand between the sentence start and the phrase."""
    tokens = view.tokens
    if index - floor > 4:
        return False
    return all(
        tokens[k].pos == "PUNCT" or tokens[k].stem in view.cues.context["adverbs"] or tokens[k].pos in ("CONJ", "PART")
        for k in range(floor, index)
    )


def _reported(view: View, first: int, last: int, phrase: Phrase, verbal: Sequence[Frame]) -> Frame | None:
    """«حسبما أفادت الوكالة»، «كما قال الوزير»: a reporting verb without content of its own."""
    tokens = view.tokens
    limit = view.limit(first)
    if last >= limit:
        return None
    verb = tokens[last]
    if any(frame.cue == last for frame in verbal):
        return None
    kinds = ("v:", "m:") if verb.enclitic else ("v:",)  # «نشرته» reads as a noun too
    lemmas = [key[2:] for key in verb.keys if key[:2] in kinds]
    passed_on = view.cues.context["passed_on"]
    if not any(
        lemma in passed_on or any("that" in row.takes for row in view.cues.by_lemma.get(lemma, ())) for lemma in lemmas
    ):
        return None
    frame = _make(view, first, last, phrase)
    frame.cue_end = verb.end
    frame.act = _act_of(view, verb)
    j = last + 1
    if j < limit and tokens[j].stem in ("عن", "به", "ب") and tokens[j].enclitic:
        j += 1
    if j >= limit or tokens[j].pos == "PUNCT":
        if phrase.row.id == "as-said" or verb.pos != "VERB":
            return None
        frame.gender, frame.number = verb.gender, verb.number
        return _place(view, frame, j, limit)
    subject = view.phrase_at(j)
    frame.subject, frame.side = subject, "phrase"
    return _place(view, frame, subject[1], limit)


def _act_of(view: View, verb: Token) -> str:
    """The act of the verb in «حسبما أفاد»."""
    word = view.words[verb.index]
    for lemma in word.verbs:
        for row in view.cues.by_lemma[lemma]:
            if "that" in row.takes and row.act != "noun":
                return row.act
    return "STATE"


def _bridge(view: View, first: int, last: int, phrase: Phrase) -> Frame | None:
    """«بالقول»، «قولها إن»: a quotation or clause must follow at once."""
    tokens = view.tokens
    limit = view.limit(first)
    j = last
    frame = _make(view, first, last, phrase)
    token = tokens[first]
    if token.proclitics and not token.norm.startswith("ق"):
        frame.cue_start = token.stem_start
    colon = False
    steps = 0
    while j < limit and steps < 14:
        steps += 1
        here = tokens[j]
        if here.norm in (":", "،", ","):
            colon = here.norm == ":" or colon
            j += 1
            continue
        if is_that(here):
            j += 1
            continue
        break
    if j >= len(tokens) or (j >= limit and not colon):
        return None
    opened = is_that(tokens[j - 1]) or colon or view.quote_at(tokens[j]) is not None
    if not opened:
        return None
    frame.how = "noun"
    frame.joined = token.norm[:1] == "ب" or token.definite
    if token.norm[:1] != "ب":
        frame.subject = _source_before(view, first)
        frame.side = "phrase" if frame.subject else "none"
    frame.complement = "that" if is_that(tokens[j - 1]) else "quote"
    frame.first, frame.start = j, tokens[j].start
    return frame


def _source_before(view: View, index: int) -> tuple[int, int] | None:
    """«عن X قوله»: the phrase after the nearest «عن» to the left that reaches up to the cue."""
    tokens = view.tokens
    floor = max(view.floor(index), index - 30)
    for k in range(index - 1, floor - 1, -1):
        if tokens[k].stem == "عن" and not tokens[k].enclitic:
            phrase = view.phrase_at(k + 1)
            return phrase if phrase[0] < phrase[1] <= index else None
    return None


def _pretext(view: View, first: int, last: int, phrase: Phrase) -> Frame | None:
    tokens = view.tokens
    if last >= view.limit(first) or tokens[last].pos == "PUNCT":
        return None
    frame = _make(view, first, last, phrase)
    frame.how = "noun"
    j = last
    if is_that(tokens[j]):
        j += 1
    if j >= view.limit(first):
        return None
    frame.complement = "object"
    frame.first, frame.start = j, tokens[j].start
    return frame
