"""Where the two sides of a cue may begin and end, and the features by which borders are ranked.

A side is found in two steps, its start and then its end.  Features come in two parts: those of a token alone, which
are scored once a document, and those that hold for a cue.
"""

from __future__ import annotations

from marsad.reading.mechanisms.cues import Cue
from marsad.reading.mechanisms.view import COMMAS, DASHES, MARKS, View, gender_of

NEAR_REACH, FAR_REACH, LONGEST = 5, 32, 30
"""Furthest start of a near and of a far side, in tokens from the cue; longest side in tokens."""
Range = tuple[int, int]
"""Token indexes, half-open."""
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
    """Tokens at which the near side may begin: close to the cue, or to the preposition of its verb."""
    tokens = view.tokens
    if cue.form in "vp":
        first, last = cue.near, max(cue.near, anchor(view, cue)) + NEAR_REACH
    else:
        first, last = cue.first if cue.form == "w" else cue.near, cue.near + NEAR_REACH
    found = range(first, min(view.limit(cue.first), last))
    return [i for i in found if tokens[i].norm not in _NO_START and (view.may_start(i) or i == cue.near)]


def far_starts(view: View, cue: Cue, near: Range) -> list[int]:
    """Tokens at which the far side may begin, given the near side."""
    tokens = view.tokens
    limit = view.limit(cue.first)
    out = list(range(max(view.floor(cue.first), cue.first - FAR_REACH), cue.first))
    if cue.form in "vp":
        out.extend(range(cue.last, min(limit, near[0])))
    else:
        out.extend(i for i in range(cue.first, min(cue.last, near[0])) if tokens[i].pos in ("PRON", "PART"))
        out.extend(range(near[1], min(limit, near[1] + 6)))
    return [i for i in out if view.may_start(i) and tokens[i].norm not in _NO_START]


def stop_of(view: View, cue: Cue, start: int, near: Range | None) -> int:
    """Token index that a side which begins at `start` may not pass."""
    if start < cue.first:
        return cue.first
    if near is None or start >= near[1]:
        return view.limit(cue.first)
    return near[0]


def ends(view: View, start: int, stop: int) -> list[int]:
    """Exclusive ends of a side that begins at `start` and may not pass `stop`."""
    last = min(stop, start + LONGEST)
    return [e for e in range(start + 1, last + 1) if e == stop or view.may_end(e)]


def start_alone(view: View, i: int) -> list[str]:
    """Features of a start that do not depend on the cue."""
    tags, tokens = view.tags, view.tokens
    token = tokens[i]
    own = tags[i]
    previous = tags[i - 1] if i and tokens[i - 1].sentence == token.sentence else "^"
    before = tags[i - 2] if i > 1 and tokens[i - 2].sentence == token.sentence else "^"
    clitics = "".join(token.proclitics)
    out = [
        f"o={own}", f"p={previous}", f"po={previous} {own}", f"pp={before} {previous}", f"c={clitics}",
        f"co={clitics} {own}", f"cs={view.clause_starts[i]} {own}", f"np={view.phrase_starts[i]}",
        f"ol={token.lemma}", f"who={view.kinds[i]} {previous}",
    ]  # fmt: skip
    if i and view.lowering[i - 1]:
        out.append(f"lowp={view.lowering[i - 1]}")
    elif i > 1 and view.lowering[i - 2] and token.pos != "PUNCT":
        out.append(f"lowpp={view.lowering[i - 2]}")
    if view.lowering[i]:
        out += [f"low={view.lowering[i]}", f"lowlem={token.lemma}"]
    if i and tokens[i - 1].pos in ("NOUN", "VERB", "ADJ", "X"):
        out.append(f"pl={tokens[i - 1].lemma}")
    return out


def start_in(view: View, cue: Cue, i: int, near: bool) -> list[str]:
    """Features of a start that hold for this cue."""
    tags, row = view.tags, cue.row.id
    if i >= cue.first:
        side, lo, hi = "R", min(cue.near, i), i
    else:
        side, lo, hi = "L", i, cue.first
    base = f"{cue.row.kind[0]}{cue.form}{cue.row.after[0]}{side}"
    own, previous = tags[i], tags[i - 1] if i else "^"
    distance = size_bin(hi - lo)
    verbs, commas = min(view.verbs[hi] - view.verbs[lo], 3), min(view.commas[hi] - view.commas[lo], 3)
    relatives, that = min(view.relatives[hi] - view.relatives[lo], 2), min(view.that[hi] - view.that[lo], 2)
    contents = min(view.contents[hi] - view.contents[lo], 2)
    out = [
        f"{base}d{distance}v{verbs}", f"{base}k{commas} {own}", f"{base}r{relatives}t{that}q{contents}",
        f"{base}p={previous} {own}", f"{base}o={own}v{verbs}", f"{row}{side}d{distance}", f"{row}{side}p={previous}",
        f"{row}{side}o={own}",
    ]  # fmt: skip
    if view.phrase_starts[i]:
        out.append(f"{base}np{min(view.phrases[hi] - view.phrases[lo], 5)}v{verbs}")
    clause = view.clause_starts[i]
    if clause:
        clauses = min(view.clauses[hi] - view.clauses[lo], 4)
        out += [f"{base}cs={clause} {clauses}", f"{base}cs={clause} {own[0]}v{verbs}", f"{row}{side}cs={clause}"]
    verb = view.tokens[cue.first]
    if verb.gender and not near:
        out.append(f"{base}g={verb.gender}{gender_of(view.tokens[i])} {view.phrase_starts[i]}")
    if cue.preposition >= 0:
        at = anchor(view, cue)
        where = "=" if i == at else "<" if i < at else f">{size_bin(i - at)}"
        out += [f"{base}prep{where}", f"{row}prep{where[0]}"]
    elif cue.form in "vp":
        out.append(f"{base}noprep d{distance}")
    if i == view.floor(cue.first):
        out.append(f"{base}first")
    if side == "L":
        out += _left(view, cue, i, base, own, distance, commas)
    elif i < cue.near:
        out.append(f"{base}in {view.bare[i]}")
    elif i and view.tokens[i - 1].norm in COMMAS:
        out.append(f"{base}after-comma")
    return out


def _left(view: View, cue: Cue, i: int, base: str, own: str, distance: str, commas: int) -> list[str]:
    """Features of a start on the left: how the cue is joined to what stands before it."""
    out: list[str] = []
    first = cue.first
    if own[0] in "VM" and view.acts[first] - view.acts[i + 1] == 0:
        out.append(f"{base}nearest{own[0]}")
    last = view.tokens[first - 1]
    if last.norm in COMMAS:
        out += [f"{base}comma-before k{commas}", f"{base}comma-before o{own}"]
    elif view.relatives[first] - view.relatives[first - 1]:
        phrases = view.phrases[first] - view.phrases[i]
        out += [f"{base}relative-before d{distance}", f"{base}relative-before np{phrases}"]
    out.append(f"{base}b={view.tags[first - 1][0]} {own}")
    return out


def end_alone(view: View, end: int, limit: int) -> list[str]:
    """Features of an exclusive end that do not depend on cue and start."""
    tags, tokens = view.tags, view.tokens
    last = end - 1
    following = tags[end] if end < limit else "$"
    clitics = "".join(tokens[end].proclitics) if end < limit else ""
    out = [f"n={following}", f"l={tags[last]}", f"ln={tags[last]} {following}", f"nco={clitics} {following}",
           f"ll={tokens[last].lemma}"]  # fmt: skip
    if end < limit:
        if tokens[end].pos in ("NOUN", "VERB", "ADJ", "ADP", "CONJ", "PART"):
            out.append(f"nl={tokens[end].lemma}")
        if end < limit - 1:
            out.append(f"nn={following} {tags[end + 1]}")
        if view.times[end]:
            out.append("time-next")
    if view.closes[last]:
        out.append("closes")
    return out


def end_in(view: View, cue: Cue, start: int, end: int, stop: int) -> list[str]:
    """Features of an end that hold for this cue and start."""
    tags, tokens, row = view.tags, view.tokens, cue.row.id
    limit = view.limit(cue.first)
    following = tags[end] if end < limit else "$"
    clitic = tokens[end].proclitics[:1] if end < limit else ()
    n = f"{clitic[0]}{following}" if clitic and clitic[0] in "وف" else following
    side = "R" if start >= cue.first else "L"
    base = f"{cue.row.kind[0]}{cue.form}{cue.row.after[0]}{side}"
    head = tags[start][0]
    length = size_bin(end - start)
    lo = start + 1
    verbs, commas = min(view.verbs[end] - view.verbs[lo], 3), min(view.commas[end] - view.commas[lo], 3)
    relatives, ands = min(view.relatives[end] - view.relatives[lo], 2), min(view.ands[end] - view.ands[lo], 3)
    marks, that = (view.marks[end] - view.marks[start]) % 2, min(view.that[end] - view.that[lo], 2)
    out = [
        f"h{head}len{length}", f"{base}len{length}", f"{base}n={n}", f"h{head}n={n}", f"{base}h{head}v{verbs}",
        f"h{head}k{commas}n{n}", f"r{relatives}v{verbs}n{n}", f"h{head}a{ands}v{verbs}", f"a{ands}n{n}",
        f"t{that}h{head}", f"m{marks}n{following}", f"{row}len{length}", f"{row}n={n}",
    ]  # fmt: skip
    if end == cue.first:
        out += [f"{base}touches", f"{row}touches"]
    elif end == cue.first - 1:
        out.append(f"{base}touches1 {following}")
    elif side == "L":
        out.append(f"{base}gap{size_bin(cue.first - end)}")
    if end == stop:
        out.append(f"{base}stop")
    if marks == 0 and tokens[start].norm in MARKS:
        out.append(f"whole-quote n{following}")
    if side == "R" and end == cue.preposition:
        out.append(f"{base}to-prep")
    return out
