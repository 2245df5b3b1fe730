"""Features of a candidate statement for the scorer that accepts or rejects it."""

from __future__ import annotations

from marsad.reading.statements.frame import Frame
from marsad.reading.statements.view import View


def _bucket(n: int) -> str:
    for top in (0, 1, 2, 3, 5, 8, 12, 20, 40):
        if n <= top:
            return str(top)
    return "more"


def accept_features(view: View, frame: Frame, rivals: int) -> list[str]:
    """String features of a bounded, nested frame; `rivals` is the number of frames in its sentence."""
    tokens = view.tokens
    cue = tokens[frame.cue]
    first = tokens[frame.first]
    row, comp, how, side = frame.row_id, frame.complement, frame.how, frame.side
    sentence = view.document.sentences[frame.sentence]
    before = tokens[frame.cue - 1] if frame.cue > sentence.first else None
    after = tokens[frame.cue + 1] if frame.cue + 1 < len(tokens) else None
    subject = "none"
    out: list[str] = []
    if frame.subject is not None:
        mention = view.mention_at(frame.subject[0])
        head = tokens[frame.subject[0]]
        subject = mention.kind if mention is not None else "phrase"
        out.append(f"subject={subject}/{row}")
        out.append(f"subject head={head.lemma}")
        out.append(f"subject definite={head.definite}/{subject}")
    quoted = view.quoted(frame.cue)
    parent = frame.parent
    nested = "top" if parent is None else f"in:{parent.how}/{parent.complement}"
    lead = first.lemma
    masdar = any(k[:2] == "m:" for k in first.keys)
    mention = view.mention_at(frame.first)
    object_kind = mention.kind if mention is not None else ("masdar" if masdar else first.pos)
    length = sum(view.token_at(b) - view.token_at(a) for a, b in frame.content)
    opening = view.quote_at(first) is not None
    shape = f"{how}/{comp}/{side}"
    out += [
        f"row={row}",
        f"row={row}/{comp}",
        f"row={row}/{how}",
        f"row={row}/{side}",
        f"row={row}/{nested}",
        f"shape={shape}",
        f"shape={shape}/{subject}",
        f"comp={comp}/{subject}",
        f"comp={comp}/{nested}",
        f"how={how}/{nested}",
        f"side={side}/{nested}/{comp}",
        f"quoted={quoted}/{how}/{comp}",
        f"form={cue.norm}",
        f"tense={frame.tense}/{cue.person}/{how}",
        f"tense={frame.tense}/{row}",
        f"voice={cue.voice}/{how}",
        f"pos={cue.pos}/{how}",
        f"lemma fits={cue.lemma in frame.word.verbs}",
        f"negated={frame.negated}/{comp}",
        f"loose={frame.loose}/{comp}",
        f"loose={frame.loose}/{comp}/{row}",
        f"loose={frame.loose}/{subject}/{comp}",
        f"colon={tokens[frame.first - 1].norm == ':' if frame.first else False}/{comp}/{how}",
        f"colon={tokens[frame.first - 1].norm == ':' if frame.first else False}/{comp}/{subject}",
        f"fits={frame.fits}/{row}",
        f"resumed={frame.resumed}",
        f"resumed={frame.resumed}/{row}",
        f"person={frame.word.reading.person if frame.word.reading else cue.person}/{quoted}/{row}",
        f"joined={frame.joined}/{how}/{side}",
        f"object={object_kind}/{comp}",
        f"object={object_kind}/{row}",
        f"head={lead}/{comp}",
        f"head={lead}/{row}",
        f"head definite={first.definite}/{comp}",
        f"length={_bucket(length)}/{comp}",
        f"gap={_bucket(frame.first - frame.cue)}/{comp}",
        f"opening={opening}/{comp}/{row}",
        f"rivals={min(rivals, 5)}",
        f"start={frame.cue == sentence.first}/{how}",
        f"heading={sentence.heading}",
        f"addressee={frame.addressee is not None}/{row}",
        f"elided={frame.elided}/{row}",
        f"elided={frame.elided}/{frame.addressee is not None}/{subject}",
        f"elided={frame.elided}/{frame.joined}/{_spoken_to(view, frame)}",
        f"elided={frame.elided}/{_spoken_to(view, frame)}/{row}",
        f"proclitics={'+'.join(cue.proclitics)}/{how}",
        f"enclitic={cue.enclitic}/{how}",
    ]
    if before is not None:
        out += [
            f"before={before.norm}",
            f"before={before.norm}/{how}",
            f"before pos={before.pos}/{how}/{side}",
            f"before definite={before.definite}/{before.pos}/{how}",
        ]
    if after is not None:
        out += [f"after={after.norm}/{how}", f"after={after.pos}/{how}/{comp}"]
    if comp == "before" or frame.prefix is not None:
        inner = sum(1 for k in range(frame.first, frame.cue) if tokens[k].pos == "VERB")
        out += [
            f"origin={frame.origin}/{frame.prefix is not None}",
            f"origin={frame.origin}/{row}",
            f"origin={frame.origin}/{subject}",
            f"origin={frame.origin}/rivals={min(rivals, 3)}",
            f"origin={frame.origin}/verbs={min(inner, 4)}",
            f"origin={frame.origin}/first={first.pos}",
        ]
    if parent is not None:
        out.append(f"parent={parent.row_id}/{how}/{comp}")
        if parent.content and parent.content[0][0] >= frame.content[0][0] - 40:
            out.append(f"parent close={how}/{comp}/{side}")
    return out


def _spoken_to(view: View, frame: Frame) -> str:
    """What the first actor behind the cue is, and whether the verb agrees with it."""
    token = view.tokens[frame.cue + 1] if frame.cue + 1 < len(view.tokens) else None
    if token is None:
        return ""
    mention = view.mention_at(token.index)
    if mention is None:
        return token.pos
    usual = token.stem in view.cues.context["addressees"] or token.norm in view.cues.context["addressees"]
    agrees = not frame.gender or not mention.gender or frame.gender == mention.gender
    return f"{mention.kind}/{agrees}/{usual}"
