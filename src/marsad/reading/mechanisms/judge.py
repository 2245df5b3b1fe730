"""Does a cue claim a mechanism?  Features for the two scorers that answer: a quick one before its sides are searched
(`mechanism-cue`), and a full one that also sees the sides (`mechanism`).
"""

from __future__ import annotations

from marsad.reading.mechanisms.borders import anchor, size_bin
from marsad.reading.mechanisms.cues import Cue
from marsad.reading.mechanisms.search import Sides
from marsad.reading.mechanisms.view import View

_FUNCTION = frozenset(["PART", "CONJ", "ADP", "PRON"])
_CONTENT = frozenset(["NOUN", "VERB", "ADJ"])
_BREAK = frozenset(["PUNCT", "ADP", "CONJ", "PART", "PRON", "VERB"])
_SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.96)


def governor(view: View, index: int) -> int:
    """First word of the noun phrase that ends before a token («جهود» of «جهود الوزير لحل …»); `index` when none."""
    tokens, floor = view.tokens, view.floor(index)
    j, steps = index - 1, 0
    if j < floor or tokens[j].pos in _BREAK:
        return index
    while j > floor and steps < 8:
        token = tokens[j]
        if (token.proclitics and token.proclitics[-1] in "بلك") or tokens[j - 1].pos in _BREAK:
            return j
        j -= 1
        steps += 1
    return j


def _share(p: float) -> str:
    return str(sum(p >= s for s in _SHARES))


def cue_features(view: View, cue: Cue) -> list[str]:
    """What the neighbourhood of a cue says."""
    tokens, tags, row = view.tokens, view.tags, cue.row.id
    i = cue.first
    token = tokens[i]
    kind = f"{cue.row.kind[0]}{cue.form}{cue.row.after[0]}"
    previous = view.previous(i)
    pl = previous.lemma if previous is not None else "^"
    pt = tags[i - 1] if previous is not None else "^"
    ppt = tags[i - 2] if i > 1 and tokens[i - 2].sentence == token.sentence else "^"
    limit = view.limit(i)
    at = anchor(view, cue)
    nt = tags[at] if at < limit else "$"
    nl = tokens[at].lemma if at < limit else "$"
    floor = view.floor(i)
    sentence = view.document.sentences[token.sentence]
    inside = view.contents[i + 1] - view.contents[sentence.first] > 0
    out = [
        f"row={row}", f"k={kind}", f"row={row} pt={pt}", f"row={row} pl={pl}", f"k={kind} pt={pt}", f"pl={pl}",
        f"k={kind} pp={ppt} {pt}", f"row={row} w={token.lemma}", f"w={token.lemma}", f"{tags[i]}{row}",
        f"row={row} nt={nt}", f"k={kind} nt={nt}", f"nl={nl}", f"k={kind} nl={nl}", f"row={row} nl={nl}",
        f"inside={inside}",
        f"k={kind} who={view.kinds[i - 1] if previous is not None else '^'}",
        f"row={row} whom={view.kinds[at] if at < limit else '$'}",
        f"cl={''.join(token.proclitics)}{row}", f"en={token.enclitic}{row}", f"tense={token.tense}{kind}",
        f"k={kind} first={i == floor}", f"row={row} first={i == floor}", f"k={kind} heading={sentence.heading}",
        f"k={kind} left={size_bin(i - floor)}", f"k={kind} right={size_bin(limit - cue.last)}",
    ]  # fmt: skip
    if at + 1 < limit:
        out += [f"k={kind} nnt={nt} {tags[at + 1]}", f"row={row} nnl={tokens[at + 1].lemma}"]
    if cue.preposition >= 0:
        distance = size_bin(cue.preposition - cue.last)
        word = tokens[cue.preposition]
        written = word.norm if word.norm in cue.row.prepositions else word.proclitics[-1]
        out += [f"row={row} pd={distance}", f"k={kind} pd={distance}", f"row={row} prep={written}"]
    verb = next((k for k in range(i - 1, max(floor, i - 15) - 1, -1) if tokens[k].pos == "VERB"), -1)
    if verb >= 0:
        lemma = tokens[verb].lemma
        out += [f"row={row} lv={lemma}", f"k={kind} lv={lemma}", f"row={row} lvd={size_bin(i - verb)}"]
    else:
        out.append(f"row={row} lv=-")
    g = governor(view, i) if i > floor else i
    if g < i:
        out += [
            f"row={row} h={tokens[g].lemma}", f"k={kind} h={tokens[g].lemma}", f"row={row} ht={tags[g]}",
            f"k={kind} hp={view.bare[g - 1] if g else ''}", f"row={row} hl={size_bin(i - g)}", f"k={kind} ht={tags[g]}",
        ]  # fmt: skip
    out += [f"b3={view.bare[k]}" for k in range(max(floor, i - 3), i) if tokens[k].pos in _FUNCTION]
    out += [f"bag={tokens[k].lemma}" for k in range(max(floor, i - 6), i) if tokens[k].pos in _CONTENT]
    return out


def side_features(view: View, cue: Cue, sides: Sides) -> list[str]:
    """What the sides of a cue say, beside `cue_features`."""
    tokens, tags, row = view.tokens, view.tags, cue.row.id
    kind = f"{cue.row.kind[0]}{cue.form}{cue.row.after[0]}"
    n, f = sides.near, sides.far
    where = "L" if f[0] < cue.first else "M" if f[0] < n[0] else "R"
    limit = view.limit(cue.first)
    both = _share(sides.near_share * sides.far_share)
    before = view.bare[f[0] - 1] if f[0] else "^"
    if f[0] and tokens[f[0] - 1].pos not in _BREAK:
        before = tags[f[0] - 1]
    out = [
        f"row={row} side={where}", f"k={kind}{where}", f"row={row} snt={tags[n[0]]}", f"row={row} sft={tags[f[0]]}",
        f"k={kind} snt={tags[n[0]]} sft={tags[f[0]]}", f"snl={tokens[n[0]].lemma}",
        f"row={row} snl={tokens[n[0]].lemma}",
        f"sfl={tokens[f[0]].lemma}", f"sn={_share(sides.near_share)}", f"sf={_share(sides.far_share)}",
        f"k={kind}sp={both}", f"row={row}sp={both}", f"k={kind}nlen={size_bin(n[1] - n[0])}",
        f"k={kind}flen={size_bin(f[1] - f[0])}", f"k={kind}ngap={size_bin(abs(n[0] - cue.near))}",
        f"k={kind} snn={tags[n[1]] if n[1] < limit else '$'}", f"k={kind} sfp={before}",
        f"k={kind} fv={min(2, view.verbs[f[1]] - view.verbs[f[0]])}",
        f"row={row} fv={min(2, view.verbs[f[1]] - view.verbs[f[0]])}",
        f"row={row} who={view.kinds[f[0]]}", f"k={kind} who={view.kinds[f[0]]} {view.kinds[n[0]]}",
        f"row={row} swhom={view.kinds[n[0]]}", f"k={kind} nv={min(2, view.verbs[n[1]] - view.verbs[n[0]])}",
    ]  # fmt: skip
    if where == "L":
        out.append(f"k={kind} fgap={size_bin(cue.first - f[1])}")
    out += [f"nbag={tokens[k].lemma}" for k in range(*n) if tokens[k].pos in _CONTENT]
    out += [f"fbag={tokens[k].lemma}" for k in range(*f) if tokens[k].pos in _CONTENT]
    return out
