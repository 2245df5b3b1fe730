"""Where the two sides of a cue may begin and end, and the features by which borders are ranked.

A side is found in two steps, its start and then its end.  Features come in two parts: those of a token alone, which
are scored once a document, and those that hold for a cue.  The latter come in groups, a function with its arguments,
because few arguments are common: a ranker keeps what a group adds up to and seldom builds its strings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marsad.reading.mechanisms.cues import COMMAS, Cue
from marsad.reading.mechanisms.view import DASHES, MARKS, View, gender_of

NEAR_REACH, FAR_REACH, LONGEST = 5, 32, 30
"""Furthest start of a near and of a far side, in tokens from the cue; longest side in tokens."""
Range = tuple[int, int]
"""Token indexes, half-open."""
Group = tuple[Callable[..., list[str]], tuple[Any, ...]]
"""A function that gives feature strings, and its arguments."""
_LEXICAL = frozenset(["NOUN", "VERB", "ADJ", "X"])
_OPEN_OR_CLOSED = frozenset(["NOUN", "VERB", "ADJ", "ADP", "CONJ", "PART"])
_NO_START = COMMAS | DASHES | frozenset(".!؟?…") | {"..", "..."}
_BINS = tuple(str(n if n <= 6 else 7 if n <= 8 else 9 if n <= 11 else 12 if n <= 16 else 17) for n in range(40))


def size_bin(n: int) -> str:
    """A count as a coarse class."""
    return _BINS[n] if 0 <= n < 25 else "25" if n >= 0 else "-"


def anchor(view: View, cue: Cue) -> int:
    """Token at which the complement of a verb's preposition begins, or where the near side may begin at all."""
    k = cue.preposition
    if k < 0:
        return cue.near
    return k + 1 if view.tokens[k].norm in cue.row.prepositions else k


def near_starts(view: View, cue: Cue) -> list[int]:
    """Tokens at which the near side may begin: close to the cue, or to the preposition of its verb.

    A verb itself may open the side («القصف | دمر الجسر»)."""
    tokens = view.tokens
    if cue.fixed:
        return [cue.near]
    if cue.form in "vp":
        first = cue.first if cue.row.takes_object and cue.form == "v" else cue.near
        last = max(cue.near, anchor(view, cue)) + NEAR_REACH
    else:
        first, last = cue.first if cue.form == "w" else cue.near, cue.near + NEAR_REACH
    found = range(first, min(view.limit(cue.first), last))
    return [i for i in found if tokens[i].norm not in _NO_START and (view.may_start(i) or i in (cue.near, cue.first))]


def far_starts(view: View, cue: Cue, near: Range) -> list[int]:
    """Tokens at which the far side may begin, given the near side."""
    tokens = view.tokens
    limit = view.limit(cue.first)
    out = list(range(max(view.opened(cue.first), cue.first - FAR_REACH), cue.first))
    if cue.form in "vp":
        out.extend(range(cue.last, min(limit, near[0])))
    else:
        out.extend(i for i in range(cue.first, min(cue.last, near[0])) if tokens[i].pos in ("PRON", "PART"))
        if cue.fixed and cue.first and tokens[cue.first - 1].pos == "VERB":
            out.clear()  # «تحولت نتيجة لذلك إلى X»: the verb's complement
        out.extend(range(near[1], min(limit, near[1] + 6)))
        if cue.row.kind == "condition" or cue.row.claim == "concedes":
            answer = view.answer(near[1])
            out.extend(i for i in (answer, answer + 1) if near[1] + 6 <= i < limit)
    return [i for i in out if view.may_start(i) and tokens[i].norm not in _NO_START]


def stop_of(view: View, cue: Cue, start: int, near: Range | None) -> int:
    """Token index that a side which begins at `start` may not pass."""
    if start < cue.first:
        return cue.first
    if near is None and (cue.row.claim == "concedes" or cue.row.kind == "condition"):
        return _main_clause(view, cue, start)
    if near is None or start >= near[1]:
        return view.limit(cue.first)
    return near[0]


def _main_clause(view: View, cue: Cue, start: int) -> int:
    """Where the main clause begins after a clause that opens the sentence («رغم A، بقيت B»), or the sentence's end."""
    tokens, limit = view.tokens, view.limit(cue.first)
    if cue.first - view.floor(cue.first) > 2:
        return limit
    main = (
        k - 1 for k in range(start + 2, limit)
        if tokens[k].pos == "VERB" and not tokens[k].proclitics and tokens[k - 1].norm in COMMAS
    )  # fmt: skip
    return next(main, limit)


def ends(view: View, start: int, stop: int) -> list[int]:
    """Exclusive ends of a side that begins at `start` and may not pass `stop`."""
    last = min(stop, start + LONGEST, view.wall_after(start))
    return [e for e in range(start + 1, last + 1) if e == stop or view.may_end(e)]


def start_alone(view: View, i: int) -> list[Group]:
    """Groups of features of a start that do not depend on the cue."""
    tags, tokens = view.tags, view.tokens
    token = tokens[i]
    previous = tags[i - 1] if i and tokens[i - 1].sentence == token.sentence else "^"
    before = tags[i - 2] if i > 1 and tokens[i - 2].sentence == token.sentence else "^"
    lowered = "lowp=" + view.lowering[i - 1] if i and view.lowering[i - 1] else ""
    if not lowered and i > 1 and view.lowering[i - 2] and token.pos != "PUNCT":
        lowered = "lowpp=" + view.lowering[i - 2]
    last = tokens[i - 1].lemma if i and tokens[i - 1].pos in _LEXICAL else ""
    return [
        (_tagged, (tags[i], previous, before, token.proclitics, view.clause_starts[i], view.phrase_starts[i])),
        (_worded, (token.lemma, view.lowering[i], lowered)),
        (_begun_after, (view.kinds[i], previous, last)),
    ]


def _tagged(own: str, previous: str, before: str, proclitics: tuple[str, ...], clause: str, phrase: bool) -> list[str]:
    clitics = "".join(proclitics)
    return [
        f"o={own}", f"p={previous}", f"po={previous} {own}", f"pp={before} {previous}", f"c={clitics}",
        f"co={clitics} {own}", f"cs={clause} {own}", f"np={phrase}",
    ]  # fmt: skip


def _worded(lemma: str, lowering: str, lowered: str) -> list[str]:
    out = [f"ol={lemma}"]
    if lowered:
        out.append(lowered)
    return [*out, f"low={lowering}", f"lowlem={lemma}"] if lowering else out


def _begun_after(kind: str, previous: str, lemma: str) -> list[str]:
    out = [f"who={kind} {previous}"]
    return [*out, f"pl={lemma}"] if lemma else out


def start_in(view: View, cue: Cue, i: int, near: bool) -> list[Group]:
    """Groups of features of a start that hold for this cue."""
    tags, row = view.tags, cue.row.id
    if i >= cue.first:
        side, lo, hi = "R", min(cue.near, i), i
    else:
        side, lo, hi = "L", i, cue.first
    base = f"{cue.row.kind[0]}{cue.form}{cue.row.after[0]}{side}"
    row_side = row + side
    own, previous = tags[i], tags[i - 1] if i else "^"
    distance = size_bin(hi - lo)
    verbs, commas = min(view.verbs[hi] - view.verbs[lo], 3), min(view.commas[hi] - view.commas[lo], 3)
    relatives, that = min(view.relatives[hi] - view.relatives[lo], 2), min(view.that[hi] - view.that[lo], 2)
    contents = min(view.contents[hi] - view.contents[lo], 2)
    out: list[Group] = [
        (_far_off, (base, row_side, distance, verbs)),
        (_begun_by, (base, row_side, own, commas, verbs)),
        (_between, (base, relatives, that, contents)),
        (_after_tag, (base, row_side, previous, own)),
    ]
    if view.phrase_starts[i]:
        out.append((_phrases_off, (base, min(view.phrases[hi] - view.phrases[lo], 5), verbs)))
    clause = view.clause_starts[i]
    if clause:
        clauses = min(view.clauses[hi] - view.clauses[lo], 4)
        out.append((_clause_begun, (base, row_side, clause, clauses, own[0], verbs)))
    verb = view.tokens[cue.first]
    if verb.gender and not near:
        out.append((_gendered, (base, verb.gender, gender_of(view.tokens[i]), view.phrase_starts[i])))
    if cue.preposition >= 0:
        at = anchor(view, cue)
        out.append((_prepositional, (base, row, "=" if i == at else "<" if i < at else f">{size_bin(i - at)}")))
    elif cue.form in "vp":
        out.append((_alone, (base, "noprep d" + distance)))
    if i == view.floor(cue.first):
        out.append((_alone, (base, "first")))
    if side == "L":
        out += _left(view, cue, i, base, own, distance, commas)
    elif i < cue.near:
        out.append((_alone, (base, "in " + view.bare[i])))
    elif i and view.tokens[i - 1].norm in COMMAS:
        out.append((_alone, (base, "after-comma")))
    return out


def _left(view: View, cue: Cue, i: int, base: str, own: str, distance: str, commas: int) -> list[Group]:
    """How the cue is joined to a start on its left."""
    first = cue.first
    out: list[Group] = [(_joined, (base, view.tags[first - 1][0], own))]
    if own[0] in "VM" and view.acts[first] - view.acts[i + 1] == 0:
        out.append((_alone, (base, "nearest" + own[0])))
    last = view.tokens[first - 1]
    if last.norm in COMMAS:
        out.append((_comma_before, (base, commas, own)))
    elif view.relatives[first] - view.relatives[first - 1]:
        out.append((_relative_before, (base, distance, view.phrases[first] - view.phrases[i])))
    return out


def _alone(base: str, what: str) -> list[str]:
    return [base + what]


def _far_off(base: str, row_side: str, distance: str, verbs: int) -> list[str]:
    return [f"{base}d{distance}v{verbs}", f"{row_side}d{distance}"]


def _begun_by(base: str, row_side: str, own: str, commas: int, verbs: int) -> list[str]:
    return [f"{base}k{commas} {own}", f"{base}o={own}v{verbs}", f"{row_side}o={own}"]


def _between(base: str, relatives: int, that: int, contents: int) -> list[str]:
    return [f"{base}r{relatives}t{that}q{contents}"]


def _after_tag(base: str, row_side: str, previous: str, own: str) -> list[str]:
    return [f"{base}p={previous} {own}", f"{row_side}p={previous}"]


def _phrases_off(base: str, phrases: int, verbs: int) -> list[str]:
    return [f"{base}np{phrases}v{verbs}"]


def _clause_begun(base: str, row_side: str, clause: str, clauses: int, head: str, verbs: int) -> list[str]:
    return [f"{base}cs={clause} {clauses}", f"{base}cs={clause} {head}v{verbs}", f"{row_side}cs={clause}"]


def _gendered(base: str, verb: str, noun: str, phrase: bool) -> list[str]:
    return [f"{base}g={verb}{noun} {phrase}"]


def _prepositional(base: str, row: str, where: str) -> list[str]:
    return [f"{base}prep{where}", f"{row}prep{where[0]}"]


def _joined(base: str, before: str, own: str) -> list[str]:
    return [f"{base}b={before} {own}"]


def _comma_before(base: str, commas: int, own: str) -> list[str]:
    return [f"{base}comma-before k{commas}", f"{base}comma-before o{own}"]


def _relative_before(base: str, distance: str, phrases: int) -> list[str]:
    return [f"{base}relative-before d{distance}", f"{base}relative-before np{phrases}"]


def end_alone(view: View, end: int, limit: int) -> list[Group]:
    """Groups of features of an exclusive end that do not depend on cue and start."""
    tags, tokens = view.tags, view.tokens
    last = end - 1
    if end >= limit:
        return [(_ended, (tags[last], "$", (), "", False, view.closes[last])), (_end_words, (tokens[last].lemma, ""))]
    following = tokens[end]
    further = tags[end + 1] if end < limit - 1 else ""
    lemma = following.lemma if following.pos in _OPEN_OR_CLOSED else ""
    return [
        (_ended, (tags[last], tags[end], following.proclitics, further, view.times[end], view.closes[last])),
        (_end_words, (tokens[last].lemma, lemma)),
    ]


def _ended(
    last: str, following: str, proclitics: tuple[str, ...], further: str, timed: bool, closes: bool
) -> list[str]:
    clitics = "".join(proclitics)
    out = [f"n={following}", f"l={last}", f"ln={last} {following}", f"nco={clitics} {following}"]
    if further:
        out.append(f"nn={following} {further}")
    if timed:
        out.append("time-next")
    if closes:
        out.append("closes")
    return out


def _end_words(last: str, following: str) -> list[str]:
    return [f"ll={last}", f"nl={following}"] if following else [f"ll={last}"]


def end_in(view: View, cue: Cue, start: int, end: int, stop: int) -> list[Group]:
    """Groups of features of an end that hold for this cue and start."""
    tokens, row = view.tokens, cue.row.id
    following = view.tags[end] if end < view.limit(cue.first) else "$"
    n = view.joined[end] + following if following != "$" else following
    side = "R" if start >= cue.first else "L"
    base = f"{cue.row.kind[0]}{cue.form}{cue.row.after[0]}{side}"
    head = view.tags[start][0]
    lo = start + 1
    verbs, commas = min(view.verbs[end] - view.verbs[lo], 3), min(view.commas[end] - view.commas[lo], 3)
    relatives, ands = min(view.relatives[end] - view.relatives[lo], 2), min(view.ands[end] - view.ands[lo], 3)
    marks, that = (view.marks[end] - view.marks[start]) % 2, min(view.that[end] - view.that[lo], 2)
    out: list[Group] = [
        (_long, (base, row, head, size_bin(end - start))),
        (_followed, (base, row, head, n)),
        (_verbs_in, (base, head, verbs, ands, that)),
        (_counts_in, (head, commas, relatives, verbs, ands, n)),
        (_quoted, (marks, following, marks == 0 and tokens[start].norm in MARKS)),
    ]
    if end == cue.first:
        out += [(_alone, (base, "touches")), (_alone, (row, "touches"))]
    elif end == cue.first - 1:
        out.append((_alone, (base, "touches1 " + following)))
    elif side == "L":
        out.append((_alone, (base, "gap" + size_bin(cue.first - end))))
    if end == stop:
        out.append((_alone, (base, "stop")))
    if side == "R" and end == cue.preposition:
        out.append((_alone, (base, "to-prep")))
    return out


def _long(base: str, row: str, head: str, length: str) -> list[str]:
    return [f"h{head}len{length}", f"{base}len{length}", f"{row}len{length}"]


def _followed(base: str, row: str, head: str, n: str) -> list[str]:
    return [f"{base}n={n}", f"h{head}n={n}", f"{row}n={n}"]


def _verbs_in(base: str, head: str, verbs: int, ands: int, that: int) -> list[str]:
    return [f"{base}h{head}v{verbs}", f"h{head}a{ands}v{verbs}", f"t{that}h{head}"]


def _counts_in(head: str, commas: int, relatives: int, verbs: int, ands: int, n: str) -> list[str]:
    return [f"h{head}k{commas}n{n}", f"r{relatives}v{verbs}n{n}", f"a{ands}n{n}"]


def _quoted(marks: int, following: str, whole: bool) -> list[str]:
    return [f"m{marks}n{following}", f"whole-quote n{following}"] if whole else [f"m{marks}n{following}"]
