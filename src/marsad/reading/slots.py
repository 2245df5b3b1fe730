"""Argument slots: where a mention stands in the clause, seen from a trigger word.

A shallow reading of the sentence without a parser.  Seen from a trigger, each mention of its sentence gets a
`Slot`: on which side it is, which preposition governs it, whether a noun stands between («أراضي روسيا»), how many
bare phrases came before it, and which borders (relative pronoun, complementiser, verb, comma) lie between.  Rows of
the lexicon say what a slot means for them; the scorers use its parts as features.

Slot names (`Slot.name`):

    subject     first bare phrase after a verb            («قصفت *القوات الروسية* …»)
    object      second bare phrase after a verb, or the first after a verb whose subject stood before it
    idafa       directly after a noun trigger             («مقتل *جنود*», «زيارة *الوزير*»)
    adjective   nationality adjective after a noun        («الغارات *الإسرائيلية*»)
    after:P     governed by preposition P after it        («هجوم على *مالي*»)
    next        bare phrase after a noun trigger, further away
    topic       directly before a verb, as its subject    («*روسيا* قصفت …»)
    agent       directly after a verb that stands before the trigger
    before      another bare phrase before the trigger
    before:P    governed by preposition P before it

Borders that lie between are written before the name, the nearest the trigger first: `v` a verb, `q` a relative
pronoun, `t` a complementiser, `s` a subordinator, `r` a verb of a clause that describes a noun trigger.
`v<agent` is the subject of the verb that governs a noun trigger («شنت *إسرائيل* غارات»), `q<before` the antecedent
of a relative clause, `qr>subject` the subject inside it («الهجوم الذي شنته *روسيا*»).  `oq` a relative pronoun
that is taken up by a pronoun at the trigger («الهجوم الذي شنته»).  `far` (after) and `back` (before) lie beyond more
borders than that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.lexicon.function_words import function_words
from marsad.reading.actors.find import ActorMention
from marsad.text.document import Document, Token


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a mention stands, seen from a trigger."""

    name: str
    nested: str
    """Lemma of the noun that is not part of the mention, stands directly before it and governs it, or ""."""
    borders: tuple[str, ...]
    """Kinds of clause border between trigger and mention, nearest the trigger first."""
    distance: int
    """Tokens between trigger and mention; negative where the mention comes first."""
    coordinated: bool
    """Joined with «و» to the mention before it."""
    order: int = 0
    """Place among the mentions on its side of the trigger that have codes, nearest first, chains counted once."""


REACH = 70
"""How many tokens away from a trigger a mention may stand."""
_COMMAS = frozenset(("،", ",", "؛", ";", "-", "–", ":"))
_NOMINAL = frozenset(("NOUN", "X", "NAME", "ADJ"))


class SentenceSlots:
    """One sentence, prepared once for all its triggers."""

    def __init__(self, document: Document, first: int, last: int, mentions: Sequence[ActorMention]) -> None:
        self.tokens = document.tokens
        self.first, self.last = first, last
        self.mentions = mentions
        self.by_first = {mention.first: i for i, mention in enumerate(mentions)}
        self.starts = [mention.first for mention in mentions]
        norms = [token.norm for token in self.tokens[first:last]]
        inside = [False] * (last - first)
        for mention in mentions:
            for i in range(max(mention.first, first), min(mention.last, last)):
                inside[i - first] = True
        self.inside = inside
        self.chain = self._chains()
        prepositions = function_words("prepositions")
        self.borders: list[str | None] = []
        self.prepositions: dict[int, tuple[str, int]] = {}
        skip = 0
        for k in range(last - first):
            token = self.tokens[first + k]
            self.borders.append(None if inside[k] else _border(token))
            if skip > 0:
                skip -= 1
                continue
            found = prepositions.at(norms, k)
            if found is None and token.proclitics and token.proclitics[-1] in ("و", "ف"):
                found = prepositions.at([token.norm[1:], *norms[k + 1 : k + 4]], 0)
            if found is not None:
                self.prepositions[first + k] = (" ".join(found), len(found))
                skip = len(found) - 1

    def _chains(self) -> list[int]:
        """For each mention the number of the first of its coordinated chain («روسيا وأوكرانيا وبولندا»)."""
        out: list[int] = []
        for i, mention in enumerate(self.mentions):
            head = i
            if i and "و" in mention.proclitics:
                gap = mention.first - self.mentions[i - 1].last
                if (
                    gap == 0
                    or (gap == 1 and self.tokens[mention.first - 1].norm in ("،", ","))
                    or (gap <= 2 and self.tokens[mention.first - 1].pos == "ADJ")
                ):
                    head = out[i - 1]
            elif i and self.mentions[i - 1].last + 1 == mention.first:
                between = self.tokens[mention.first - 1].norm
                if between in ("او", "و") or (between in ("،", ",") and self._listed(i)):
                    head = out[i - 1]
            out.append(head)
        return out

    def _listed(self, i: int) -> bool:
        """Whether a comma before mention `i` separates members of a list that ends with «و»."""
        for k in range(i, min(i + 6, len(self.mentions) - 1)):
            following = self.mentions[k + 1]
            gap = following.first - self.mentions[k].last
            if gap == 0 and "و" in following.proclitics:
                return self.mentions[i].kind != "adjective"
            if gap != 1 or self.tokens[following.first - 1].norm not in ("،", ","):
                return False
        return False

    def attached(self, mention: ActorMention) -> str | None:
        """The preposition written together with a mention («لإسرائيل»)."""
        for clitic in reversed(mention.proclitics):
            if clitic in "بلك":
                return clitic
        return None

    def before(self, mention: ActorMention) -> str | None:
        """The preposition that stands directly before a mention, attached or not."""
        attached = self.attached(mention)
        if attached is not None:
            return attached
        for size in (1, 2, 3, 4):
            found = self.prepositions.get(mention.first - size)
            if found is not None and found[1] == size:
                return found[0]
        return None

    def head_noun(self, mention: ActorMention) -> Token | None:
        """The noun outside the mention that governs it («أراضي *روسيا*», «طائرات *إسرائيلية*»), or None."""
        left = mention.first - 1
        if left < self.first or "و" in mention.proclitics or self.attached(mention) is not None:
            return None
        token = self.tokens[left]
        if self.inside[left - self.first] or token.pos not in ("NOUN", "ADJ") or left in self.prepositions:
            return None
        if mention.kind == "adjective" and token.pos == "ADJ" and left - 1 >= self.first:
            further = self.tokens[left - 1]
            if further.pos == "NOUN" and not self.inside[left - 1 - self.first]:
                return further
        return token

    def slots(self, first: int, last: int, is_verb: bool, parts: frozenset[int] = frozenset()) -> dict[int, Slot]:
        """The slot of each mention (by position in `mentions`) seen from the trigger tokens `first:last`.

        Mentions that begin inside the trigger are left out.  `parts` are tokens of the trigger after `last`
        («فرضت … عقوبات»): no nouns of their own.
        """
        out: dict[int, Slot] = {}
        topic = self.topic(first) if is_verb else None
        self._after(last, is_verb, topic is not None, parts, out)
        self._before(first, topic, out)
        return out

    def topic(self, verb: int) -> int | None:
        """Where the subject of a verb stands when it does not follow it, or None when it may follow.

        The position of the mention directly before the verb, or -1 for another noun phrase, an antecedent, or a
        subject inside the verb («قصفوا», «نقصف»).  A verb with a pronoun after a relative pronoun or a noun has its
        subject after it («التي شنتها *روسيا*»).
        """
        token = self.tokens[verb]
        inside = token.number in ("p", "d") or token.person in ("1", "2")
        at = verb - 1
        while at >= self.first and self.tokens[at].norm in function_words("auxiliaries"):
            at -= 1
        if at < self.first or "و" in token.proclitics or "ف" in token.proclitics:
            return -1 if inside else None
        before = self.tokens[at]
        if self.borders[at - self.first] == "relative":
            return None if token.enclitic and not inside else -1
        if self.inside[at - self.first]:
            number = bisect_right(self.starts, at) - 1
            if number >= 0 and self.before(self.mentions[number]) is None:
                return None if token.enclitic and self._follows(verb) else number
        elif before.pos in ("NOUN", "ADJ", "NAME") and before.definite and not token.enclitic and token.gender:
            return -1
        return -1 if inside else None

    def _follows(self, verb: int) -> bool:
        """Whether a mention or a definite noun stands directly after the verb."""
        at = verb + 1
        return at < self.last and (self.inside[at - self.first] or self.tokens[at].definite)

    def _after(self, start: int, is_verb: bool, filled: bool, parts: frozenset[int], out: dict[int, Slot]) -> None:
        tokens = self.tokens
        preposition: str | None = None
        noun = ""
        nouns = 0
        bare = 1 if filled else 0
        borders: list[str] = []
        path = ""
        verbal = is_verb
        since = start
        i = start
        end = min(self.last, start + REACH)
        while i < end:
            number = self.by_first.get(i)
            token = tokens[i]
            if number is None:
                if i in parts:
                    preposition, noun, nouns = None, "", 0
                    i += 1
                    continue
                word = self.prepositions.get(i)
                if word is not None:
                    preposition, nouns, noun = word[0], 0, ""
                    i += word[1]
                    continue
                border = self.borders[i - self.first]
                if border is not None:
                    borders.append(border)
                    if border != "comma":
                        preposition, nouns, noun = None, 0, ""
                    if border == "verb":
                        path += "r" if path.endswith("q") or (not path and not verbal and i - since <= 2) else "v"
                        verbal, bare = True, 0 if self.topic(i) is None else 1
                    elif border == "relative":
                        path += "q"
                    elif border in ("that", "subordinate"):
                        path += "t" if border == "that" else "s"
                        verbal, bare = False, 0
                elif token.pos in _NOMINAL:
                    clitic = token.proclitics[-1] if token.proclitics else ""
                    if clitic in ("ب", "ل", "ك"):
                        preposition, nouns, noun = clitic, 1, token.lemma
                    elif token.pos != "ADJ":
                        nouns += 1
                        noun = token.lemma
                        if preposition is None and nouns == 1 and token.pos == "NOUN":
                            bare += 1
                i += 1
                continue
            mention = self.mentions[number]
            attached = self.attached(mention)
            joined = self.chain[number] != number and self.chain[number] in out
            nested = noun if nouns > 0 and attached is None and not joined else ""
            if attached is not None:
                preposition = attached
            if joined and attached is None:
                name = out[self.chain[number]].name
            elif len(path.replace("q", "")) > 2:
                name = "far"
            else:
                if preposition is not None:
                    name = f"after:{preposition}"
                elif not verbal:
                    if mention.kind == "adjective" and not nested and not borders:
                        name = "adjective"
                    else:
                        name = "idafa" if i == start else "next"
                else:
                    name = "subject" if bare == (1 if nested else 0) else "object"
                if path:
                    name = f"{path}>{name}"
            if preposition is None and not nested:
                bare += 1
            out[number] = Slot(name, nested, tuple(borders[:4]), i - start, joined)
            preposition, nouns, noun = None, 0, ""
            i = max(mention.last, i + 1)

    def _before(self, first: int, topic: int | None, out: dict[int, Slot]) -> None:
        borders: list[str] = []
        position = first
        for number in range(bisect_right(self.starts, first) - 1, -1, -1):
            mention = self.mentions[number]
            if mention.last > first:
                continue
            if first - mention.last > REACH:
                break
            for i in range(position - 1, mention.last - 1, -1):
                border = self.borders[i - self.first]
                if border is not None and len(borders) < 8:
                    borders.append(border)
            preposition = self.before(mention)
            head = self.head_noun(mention)
            path = "".join(_LETTER[b] for b in borders if b != "comma")
            place = f"before:{preposition}" if preposition else "before"
            if len(path) > 3:
                name = "back"
            else:
                if number == topic:
                    place = "topic"
                elif preposition is None and self._subject(mention):
                    place = "agent"
                if path[:1] == "q" and self.tokens[first].enclitic:
                    path = "o" + path
                name = f"{path}<{place}" if path else place
            out[number] = Slot(name, head.lemma if head else "", tuple(borders[:4]), mention.last - first - 1, False)
            position = mention.first
        for one in list(out):
            leader = self.chain[one]
            if leader != one and leader in out and self.mentions[one].last <= first:
                lead, tail = out[leader], out[one]
                nearest = max(lead.distance, tail.distance)
                name = lead.name if self.before(self.mentions[leader]) else tail.name
                if self.before(self.mentions[one]) is None:
                    out[one] = Slot(name, lead.nested, tail.borders, nearest, True)
                    out[leader] = Slot(name, lead.nested, tail.borders, nearest, False)

    def _subject(self, mention: ActorMention) -> bool:
        """Whether the mention stands directly after a verb, a noun of its own phrase between them at most."""
        for k in (1, 2):
            i = mention.first - k
            if i < self.first or i in self.prepositions:
                return False
            if self.borders[i - self.first] == "verb":
                return True
            token = self.tokens[i]
            if token.pos != "NOUN" or token.proclitics or self.inside[i - self.first]:
                return False
        return False
_LETTER = {"verb": "v", "relative": "q", "that": "t", "subordinate": "s"}


def _border(token: Token) -> str | None:
    norm = token.norm
    if norm in _COMMAS:
        return "comma"
    if token.proclitics and norm[:1] in "وف":
        norm = norm[1:]
    if norm in function_words("relatives"):
        return "relative"
    if norm in function_words("complementizers") or (token.stem in ("ان", "لان") and token.enclitic):
        return "that"
    if norm in function_words("subordinators"):
        return "subordinate"
    if token.pos == "VERB":
        return "verb"
    return None
