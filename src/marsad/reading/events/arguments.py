"""Who did it to whom: for every actor code near an event, whether it is its source, its target or neither.

Codes come from the mentions of the sentence, from the speakers of the statement that reports or performs the event,
and, for clauses that point back, from the sentences before and the actors that the article is about.  A scorer
decides over where each stands (`slots`), what the event's row says of that place, and what else could fill it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from marsad.lexicon.pronouns import pronouns
from marsad.lexicon.triggers import trigger_index
from marsad.reading.actors.find import ActorMention, Entity
from marsad.reading.events.candidates import Candidate, Context
from marsad.reading.events.features import CandidateFeatures, form_of
from marsad.reading.slots import REACH, Slot
from marsad.records import Statement
from marsad.text.document import Token

PEOPLE = frozenset(("CIVILIANS", "PROTESTERS", "GUNMEN", "JOURNALISTS", "PRISONERS", "REFUGEES"))
_MOST = 16
"""Most fillers of one event that are looked at."""
_FEW = 5
"""Fillers from outside the sentence are looked at only while there are fewer than this."""
_NEAR = 6
"""How near a word for a protest must stand to imply protesters."""
_BACK = 2
"""How many sentences back codes are looked for."""


@dataclass(slots=True)
class Filler:
    """A code that may be source or target of an event: its mentions in the sentence and where else it comes from."""

    code: str
    mentions: list[tuple[ActorMention, Slot]] = field(default_factory=list)
    cue: bool = False
    holder: bool = False
    parent: bool = False
    back: int = 0
    """Distance in sentences of the nearest earlier mention, 0 for none within reach."""
    back_mention: ActorMention | None = None
    rank: int = 9
    """Place among the codes of the article by number of mentions, from 0."""
    antecedent: bool = False
    """The trigger's pronoun or elided subject most likely stands for it."""
    implied: str = ""
    """Where a word stands that implies it: "self" the trigger, "b" before it, "a" after it («قمع *المظاهرات*»)."""


class ArgumentFinder:
    """Fillers and their features for the events of one document."""

    def __init__(self, context: Context, candidates: CandidateFeatures) -> None:
        self.context = context
        self.features_of = candidates
        self.layer = context.layer
        counts: Counter[str] = Counter()
        for mention in self.layer.mentions:
            counts.update(code for code in self.layer.codes(mention) if code not in PEOPLE)
        order = sorted(counts, key=lambda code: -counts[code])
        self.ranks = {code: i for i, code in enumerate(order)}
        self.leading = order[:3]

    def fillers(self, candidate: Candidate) -> list[Filler]:
        """Every code that may take part in the event, those of its sentence first, in text order."""
        context, layer = self.context, self.layer
        sentence = self.features_of.sentence(context.tokens[candidate.token].sentence)
        slots = self.features_of.slots(candidate)
        found: dict[str, Filler] = {}
        for number in sorted(slots):
            mention, slot = sentence.mentions[number], slots[number]
            for code in layer.codes(mention):
                found.setdefault(code, Filler(code)).mentions.append((mention, slot))
        for statement, name in self._speakers(candidate):
            for code in statement.speaker.affiliation:
                setattr(found.setdefault(code, Filler(code)), name, True)
        index = context.tokens[candidate.token].sentence
        for back in range(1, _BACK + 1):
            if index - back < 0:
                break
            earlier = context.document.sentences[index - back]
            for mention in layer.within(max(earlier.first, earlier.last - REACH), earlier.last):
                for code in layer.codes(mention):
                    filler = found.setdefault(code, Filler(code))
                    known = filler.back_mention
                    if known is None or (known.kind == "adjective" and filler.back == back):
                        filler.back, filler.back_mention = back, mention
        side = self._protest(candidate)
        if side:
            found.setdefault("PROTESTERS", Filler("PROTESTERS")).implied = side
        for code in self.leading:
            found.setdefault(code, Filler(code))
        for code, filler in found.items():
            filler.rank = self.ranks.get(code, 9)
        entity = self._antecedent(candidate)
        for code in entity.codes if entity is not None else ():
            found.setdefault(code, Filler(code)).antecedent = True
        for filler in found.values():
            filler.mentions.sort(key=lambda item: (_weight(item[1]), abs(item[1].distance)))
        near = sorted(found.values(), key=_nearness)[:_MOST]
        return [filler for n, filler in enumerate(near) if n < _FEW or _nearness(filler)[0] < 2]

    def _protest(self, candidate: Candidate) -> str:
        """Where a word for a protest stands, which implies protesters: the trigger itself, near it, or nowhere ("")."""
        if any(hit.type == "PROTEST" for hit in candidate.hits):
            return "self"
        at = self.features_of.at
        for distance in range(1, _NEAR):
            for k, side in ((candidate.token + distance, "a"), (candidate.token - distance, "b")):
                other = at.get(k)
                if other is not None and any(hit.type == "PROTEST" and hit.form != "verb" for hit in other.hits):
                    same = self.context.tokens[k].sentence == self.context.tokens[candidate.token].sentence
                    return side if same else ""
        return ""

    def _antecedent(self, candidate: Candidate) -> Entity | None:
        """The entity that the trigger's pronoun («زيارته») or elided subject («وطالبت») points back to."""
        token = self.context.tokens[candidate.token]
        if token.enclitic in pronouns("enclitic"):
            gender, number = pronouns("enclitic")[token.enclitic]
            return self.layer.resolve(candidate.token, gender, number)
        if token.pos == "VERB" and token.person == "3" and token.voice != "passive":
            return self.layer.resolve(candidate.token, token.gender, token.number if token.number != "s" else "")
        return None

    def _governor(self, candidate: Candidate) -> tuple[int, str]:
        """The nearest verb before the trigger in its sentence, and the borders between them; (-1, "") for none."""
        tokens = self.context.tokens
        sentence = self.features_of.sentence(tokens[candidate.token].sentence)
        link: list[str] = []
        for i in range(candidate.first - 1, max(sentence.first, candidate.first - REACH) - 1, -1):
            border = sentence.borders[i - sentence.first]
            if border == "verb":
                if tokens[candidate.token].proclitics[:1] == ("و",):
                    link.append("w")
                return i, "".join(link[:3])
            if border is not None:
                link.append(border[0])
        return -1, ""

    def _speakers(self, candidate: Candidate) -> Iterator[tuple[Statement, str]]:
        if candidate.cue is not None:
            yield candidate.cue, "cue"
        holder = candidate.holder
        if holder is not None:
            yield holder, "holder"
            outer = self.context.by_id.get(holder.parent) if holder.parent else None
            if outer is not None:
                yield outer, "parent"

    def features(self, candidate: Candidate, kind: str, fillers: Sequence[Filler]) -> list[list[str]]:
        """Features of every filler of an event of type `kind`."""
        token = self.context.tokens[candidate.token]
        form = form_of(candidate, token)
        rows = sorted({hit.row.id for hit in candidate.hits if hit.type == kind}) or ["none"]
        governor, link = self._governor(candidate)
        lead: dict[int, Slot] = {}
        if governor >= 0:
            sentence = self.features_of.sentence(token.sentence)
            places = sentence.slots(governor, governor + 1, True)
            lead = {sentence.mentions[n].index: slot for n, slot in places.items()}
        taken = [self._roles(kind, rows, filler) for filler in fillers]
        short = form[0] if form[0] == "n" else "vP" if form.endswith("P") else "v"
        return [
            [
                *self._features(candidate, kind, form, rows, filler, fillers, taken, n),
                *self._governed(candidate, kind, short, rows, filler, lead, governor, link),
            ]
            for n, filler in enumerate(fillers)
        ]

    def _governed(
        self, candidate: Candidate, kind: str, short: str, rows: Sequence[str], filler: Filler,
        lead: dict[int, Slot], governor: int, link: str,
    ) -> Iterator[str]:  # fmt: skip
        """Where the code stands seen from the verb before the trigger."""
        token = self.context.tokens[candidate.token]
        if filler.antecedent:
            yield f"ante={short}:{'sent' if filler.mentions else 'back'}"
            yield f"ante={kind}:{short}"
        if governor < 0:
            yield f"g=none:{short}:{'in' if filler.mentions else 'out'}"
            return
        verb = self.context.tokens[governor]
        lemma = verb.lemma
        before = self.context.tokens[candidate.first - 1]
        preposition = token.proclitics[-1] if token.proclitics and token.proclitics[-1] in "بل" else ""
        if not preposition and before.pos == "ADP":
            preposition = before.norm
        found = [lead[m.index].name for m, _ in filler.mentions if m.index in lead]
        order = {"subject": 0, "before": 1, "object": 2}
        found.sort(key=lambda name: order.get(name, 3))
        place = found[0] if found else "out"
        yield f"g={place}:{link}:{short}"
        yield f"gp={place}:{link}:{preposition}:{short}"
        yield f"gl={place}:{lemma}"
        yield f"gt={place}:{kind}:{short}:{link}"
        for row in rows:
            yield f"gr={place}:{row}"

    def _roles(self, kind: str, rows: Sequence[str], filler: Filler) -> str:
        """The role that rows give the nearest place of a filler, or ""."""
        index = trigger_index()
        for _, slot in filler.mentions[:1]:
            for row_id in rows:
                pair = index.by_id.get(row_id)
                if pair is not None:
                    role = pair[0].role(pair[1], slot.name)
                    if role is not None:
                        return role
        return ""

    def _features(
        self, candidate: Candidate, kind: str, form: str, rows: Sequence[str], filler: Filler,
        fillers: Sequence[Filler], taken: Sequence[str], number: int,
    ) -> Iterator[str]:  # fmt: skip
        token = self.context.tokens[candidate.token]
        short = form[0] if form[0] == "n" else "vP" if form.endswith("P") else "v"
        yield "t=" + kind
        yield f"tf={kind}:{short}"
        yield "f=" + form
        where = (
            "sent" if filler.mentions else "cue" if filler.cue else "holder" if filler.holder
            else "parent" if filler.parent else f"back{filler.back}" if filler.back else "doc"
        )  # fmt: skip
        yield "in=" + where
        yield f"tin={kind}:{where}"
        yield f"fin={short}:{where}"
        for name in ("cue", "holder", "parent"):
            if getattr(filler, name):
                yield name
                yield f"{name}:{kind}"
                yield f"{name}:{short}:{token.person}:{token.number}"
        first_person = token.person == "1" or token.enclitic in ("نا", "ني", "ي")
        if filler.holder and first_person:
            yield "holder1"
        if token.enclitic:
            yield f"e={token.enclitic}:{where}"
        if candidate.cue is not None:
            yield f"act={candidate.cue.act}:{'cue' if filler.cue else where}"
            yield f"elided={'no' if candidate.cue.speaker.mention else 'yes'}:{'cue' if filler.cue else where}"
        people = filler.code in PEOPLE
        if people:
            yield "people"
            yield f"people:{kind}"
            yield "code=" + filler.code
            place = filler.mentions[0][1].name if filler.mentions else where
            yield f"code={filler.code}:{place}:{short}"
            yield f"code={filler.code}:{place}:{kind}"
            if filler.implied:
                yield f"implied={filler.implied}:{kind}:{bool(filler.mentions)}"
        elif not filler.code.isascii():
            yield "named"
        yield f"rank={filler.rank if filler.rank < 4 else 4}"
        yield f"rank={min(filler.rank, 4)}:{where}"
        if filler.back:
            yield f"back={filler.back}:{'sent' if filler.mentions else 'not'}"
        if filler.back and not filler.mentions and filler.back_mention is not None:
            mention = filler.back_mention
            first = self.context.document.sentences[self.context.tokens[mention.first].sentence].first
            yield f"backkind={mention.kind}:{filler.back}"
            yield f"backpos={'start' if mention.first - first < 4 else 'later'}:{filler.back}"
        yield from self._rivals(kind, short, filler, fillers, number)
        rivals = [taken[k] for k in range(len(taken)) if k != number]
        for role in ("source", "target", "both"):
            if role in rivals:
                yield f"rival={role}"
                yield f"rival={role}:{where}"
                yield f"rival={role}:{kind}:{where}"
            else:
                yield f"norival={role}:{where}:{short}"
        yield f"own={taken[number]}"
        for rank, (mention, slot) in enumerate(filler.mentions[:3]):
            yield from self._place(token, kind, short, rows, mention, slot, "1" if rank == 0 else "o")
        if len(filler.mentions) > 1:
            yield "several"

    def _rivals(self, kind: str, short: str, filler: Filler, fillers: Sequence[Filler], number: int) -> Iterator[str]:
        """The places of the other codes of the sentence, and this one's place among them."""
        if not filler.mentions:
            present = sum(1 for other in fillers if other.mentions)
            yield f"present={min(present, 3)}"
            return
        mention, own = filler.mentions[0]
        side = "b" if own.distance < 0 else "a"
        mine = f"{own.name}{'+' if own.nested else ''}"
        nearer = before = after = 0
        names: set[str] = set()
        for k, other in enumerate(fillers):
            if k == number or not other.mentions:
                continue
            place, slot = other.mentions[0]
            if place.index == mention.index:
                yield "shared"
                continue
            if (slot.coordinated or own.coordinated) and (place.last == mention.first or mention.last == place.first):
                yield "chained"
            names.add(f"{slot.name}{'+' if slot.nested else ''}")
            if abs(slot.distance) < abs(own.distance):
                nearer += 1
            if slot.distance < 0:
                before += 1
            else:
                after += 1
        yield f"nearer={min(nearer, 3)}:{side}"
        yield f"nearer={min(nearer, 3)}:{side}:{kind}"
        yield f"others={min(before, 2)}b{min(after, 2)}a:{side}"
        yield f"others={min(before, 2)}b{min(after, 2)}a:{mine}"
        for name in sorted(names):
            yield f"vs={mine}|{name}"

    def _place(
        self, token: Token, kind: str, short: str, rows: Sequence[str], mention: ActorMention, slot: Slot, mark: str
    ) -> Iterator[str]:
        name = slot.name
        if short != "n":
            agree = _agreement(token, mention, slot)
            if agree:
                yield f"{mark}ag={name}:{agree}"
        nest = "+" if slot.nested else ""
        yield f"{mark}s={name}{nest}"
        yield f"{mark}sf={name}{nest}:{short}"
        yield f"{mark}st={name}{nest}:{kind}"
        distance = abs(slot.distance)
        bucket = distance if distance < 3 else 3 if distance < 6 else 4 if distance < 12 else 5
        yield f"{mark}d={bucket}:{'b' if slot.distance < 0 else 'a'}"
        yield f"{mark}sd={name}:{bucket}"
        if slot.borders:
            yield f"{mark}b={'.'.join(slot.borders[:3])}:{'b' if slot.distance < 0 else 'a'}"
        if slot.coordinated:
            yield f"{mark}co"
        if mark == "1":
            yield f"1stf={name}{nest}:{kind}:{short}"
            yield f"1sk={name}:{mention.kind}"
            yield f"kind={mention.kind}:{kind}"
            yield f"skt={name}:{mention.kind}:{kind}"
            for row in rows:
                yield f"rs={row}:{name}{nest}"
            if slot.nested:
                yield f"nest={slot.nested}"
            if mention.targets:
                yield "envoy"


def _agreement(verb: Token, mention: ActorMention, slot: Slot) -> str:
    """Whether a verb agrees with a mention that may be its subject: in gender, after it also in number."""
    if verb.person != "3" or not mention.gender:
        return ""
    after = slot.distance >= 0
    feminine = mention.kind in ("state", "capital")
    if verb.gender and verb.gender != mention.gender and not feminine:
        return "no"
    if not after and verb.number == "p" and mention.number == "s" and mention.kind not in ("group", "people"):
        return "no"
    return "yes"


def _nearness(filler: Filler) -> tuple[int, int, int]:
    """Order in which fillers are looked at: those of the sentence by nearness, then the others."""
    distance = abs(filler.mentions[0][1].distance) if filler.mentions else 0
    near = filler.cue or filler.holder or filler.antecedent or filler.implied
    return (0 if filler.mentions else 1 if near else 2 + filler.back, distance, filler.rank)


def _weight(slot: Slot) -> int:
    """How far from the clause a place is: far ones come last."""
    return 2 if slot.name == "back" else 1 if slot.name in ("far", "before-that") else 0
