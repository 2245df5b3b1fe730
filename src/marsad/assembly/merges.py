"""Which concepts are one: stated safe rules, an analyst's decisions, and proposals for them.

Concepts merge only within a kind: a wish never becomes the thing wished for, a part never the whole.  The safe rules
change nothing but spelling: words in another order, and words of a row `alike` in `concepts.yaml`.  Every other merge
is a decision with a reason, kept as a note in the archive, and undone by another note; a merge by rule is undone the
same way.  `sign` -1 says that the two are opposite poles of one thing («الصراع» and «الشراكة» of a pair).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from marsad.assembly.causal import CausalMap, Sign
from marsad.errors import QueryError
from marsad.lexicon.concepts import load_concept_words
from marsad.records import Record
from marsad.stored import Note
from marsad.text.normalise import fold

NOTE = "concept-merge"
"""Kind of the notes that keep decisions."""
_SEPARATOR = " = "


class Merge(Record, frozen=True):
    """A decision: `key` is taken for `into`.  `decision` is accept, reject (also of a merge by rule) or undo (as if
    nothing had been decided)."""

    key: str
    into: str
    decision: Literal["accept", "reject", "undo"]
    reason: str = ""
    sign: Sign = 1
    by: str = ""
    at: str = ""

    @property
    def note_key(self) -> str:
        """The same for both orders of the pair."""
        return _SEPARATOR.join(sorted((self.key, self.into)))

    def data(self) -> dict[str, object]:
        """What a note keeps."""
        fields = ("key", "into", "decision", "reason", "sign", "by")
        return {field: getattr(self, field) for field in fields}


class Proposal(Record, frozen=True):
    """Two concepts that may be one, and why.  `weight` is how many claims a decision would bring together."""

    key: str
    into: str
    rule: str
    reason: str
    sign: Sign = 1
    weight: int = 0


def merge_of(note: Note) -> Merge:
    """The decision that a note keeps."""
    d = note.data
    return Merge(
        key=str(d["key"]), into=str(d["into"]), decision=d["decision"],  # type: ignore[arg-type]
        reason=str(d.get("reason", "")), sign=-1 if d.get("sign") == -1 else 1, by=str(d.get("by", "")), at=note.at,
    )  # fmt: skip


def kind_of(key: str) -> str:
    """The kind of a concept from its key."""
    return key.partition(":")[0]


def canonical(key: str) -> str:
    """The key that the safe rules give.

    >>> canonical("quantity:نفط_صادره"), canonical("relation:CHN-RUS:economic")
    ('quantity:صادره_نفط', 'relation:CHN-RUS:economic')
    """
    head, colon, words = key.rpartition(":")
    if kind_of(key) in ("relation", "act") or "~" in words or "_" not in words:
        return key
    alike = load_concept_words().alike
    named = sorted({fold(alike[word].words[0]) if word in alike else word for word in words.split("_")})
    return f"{head}{colon}{'_'.join(named)}"


class Merges:
    """Decisions in force, ready to be asked."""

    def __init__(self, decisions: Iterable[Merge] = ()) -> None:
        self.decisions = tuple(sorted(decisions, key=lambda m: (m.key, m.into)))
        self._into = {m.key: (m.into, m.sign) for m in self.decisions if m.decision == "accept"}
        self._apart = {m.key for m in self.decisions if m.decision == "reject" and canonical(m.key) == m.into}
        self.rejected = {m.note_key for m in self.decisions if m.decision == "reject"}
        self._known: dict[str, tuple[str, Sign]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Merges) and self.decisions == other.decisions

    __hash__ = None  # type: ignore[assignment]

    def resolve(self, key: str) -> tuple[str, Sign]:
        """The concept that a key stands for, and -1 where it stands for its opposite."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._resolve(key)
        return found

    def _resolve(self, key: str) -> tuple[str, Sign]:
        at = key if key in self._apart else canonical(key)
        sign: Sign = 1
        seen = {at}
        while at in self._into:
            following, turn = self._into[at]
            if following in seen:
                break
            seen.add(following)
            at, sign = following, -1 if sign * turn < 0 else 1
        return at, sign

    def accept(self, key: str, into: str, reason: str, sign: Sign = 1, by: str = "") -> Merge:
        """The decision that one concept is another.  Raises QueryError where their kinds differ, where no reason is
        given, or where they are one already."""
        one, other = self.resolve(key)[0], self.resolve(into)[0]
        if kind_of(one) != kind_of(other):
            raise QueryError(
                f"{kind_of(one)} and {kind_of(other)} never merge: a wish is not what is wished for, an act is not a "
                "relation; say which concept of the same kind is meant"
            )
        if not reason.strip():
            raise QueryError("a merge needs a reason (--reason), so that others can judge it")
        if one == other:
            raise QueryError(f"{key} and {into} are one concept already")
        return Merge(key=one, into=other, decision="accept", reason=reason, sign=sign, by=by)

    def reject(self, key: str, into: str, reason: str, by: str = "") -> Merge:
        """The decision that two concepts stay apart, also against a rule."""
        return Merge(key=key, into=into, decision="reject", reason=reason, by=by)

    def undo(self, key: str, into: str, by: str = "") -> Merge:
        """As if nothing had been decided on the two.  Raises QueryError where nothing was."""
        wanted = _SEPARATOR.join(sorted((key, into)))
        for merge in self.decisions:
            if merge.note_key == wanted:
                return Merge(key=merge.key, into=merge.into, decision="undo", by=by)
        raise QueryError(f"nothing was decided on {key} and {into}")


def by_rule(raw: Iterable[str], merges: Merges) -> Iterator[Merge]:
    """The merges that the safe rules make among keys."""
    for key in sorted(set(raw)):
        into = canonical(key)
        if into != key and merges.resolve(key)[0] != key:
            yield Merge(key=key, into=into, decision="accept", reason="same words, or words of one meaning", by="rule")


def proposals(causal_map: CausalMap, merges: Merges) -> list[Proposal]:
    """Pairs of the map's concepts that an analyst may want to decide on, those with most claims first."""
    weights: dict[str, int] = {}
    for edge in causal_map.edges:
        for key in (edge.cause, edge.effect):
            weights[key] = weights.get(key, 0) + len(edge.claims)
    found: dict[tuple[str, str], Proposal] = {}
    for one, other, rule, reason, sign in (*_relations(weights), *_wordings(weights), *_parties(weights)):
        key, into = sorted((one, other), key=lambda k: (weights[k], k))
        if _SEPARATOR.join(sorted((one, other))) not in merges.rejected:
            found.setdefault(
                (key, into),
                Proposal(
                    key=key, into=into, rule=rule, reason=reason, sign=sign, weight=min(weights[key], weights[into])
                ),
            )
    return sorted(found.values(), key=lambda p: (-p.weight, p.rule, p.key, p.into))


_Pair = tuple[str, str, str, str, Sign]


def _relations(keys: Iterable[str]) -> Iterator[_Pair]:
    """Relations of one pair: poles, directions, neighbouring domains."""
    parts: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for key in sorted(keys):
        if kind_of(key) == "relation":
            _, ties, domain, *rest = key.split(":")
            pair = "-".join(sorted(ties.replace(">", "-").split("-")))
            parts.setdefault((pair, domain), []).append((key, ties, rest[0] if rest else ""))
    for (pair, domain), group in parts.items():
        for i, (one, sides, pole) in enumerate(group):
            for other, sides_too, pole_too in group[i + 1 :]:
                if pole != pole_too and sides == sides_too and "neutral" not in (pole, pole_too):
                    yield one, other, "opposite-poles", "conflict and cooperation of one pair in one domain", -1
                elif pole == pole_too and sides != sides_too:
                    yield one, other, "direction", "one pair and domain, once mutual or in two directions", 1
        if domain == "diplomatic":
            for one, sides, pole in group:
                for other, sides_too, pole_too in parts.get((pair, "political"), ()):
                    if (sides, pole) == (sides_too, pole_too):
                        yield one, other, "near-domains", "political and diplomatic ties of one pair", 1


def _wordings(keys: Iterable[str]) -> Iterator[_Pair]:
    """Concepts of one kind and the same actors, one of which has one word more."""
    groups: dict[str, dict[frozenset[str], str]] = {}
    for key in sorted(keys):
        head, _, words = key.rpartition(":")
        if kind_of(key) in ("attribute", "quantity", "belief") and "~" not in words and words:
            groups.setdefault(head, {})[frozenset(words.split("_"))] = key
    for group in groups.values():
        for named, key in group.items():
            if len(named) < 2:
                continue
            for word in sorted(named):
                shorter = group.get(named - {word})
                if shorter is not None:
                    yield key, shorter, "narrower", f"the same words, one with «{word}» more: part or whole?", 1


def _parties(keys: Iterable[str]) -> Iterator[_Pair]:
    """Attributes in the same words, one of an actor more."""
    groups: dict[str, dict[frozenset[str], str]] = {}
    for key in sorted(keys):
        _, codes, *rest = key.split(":")
        if kind_of(key) == "attribute" and "~" not in key:
            groups.setdefault(":".join(rest), {})[frozenset(codes.split("+"))] = key
    for group in groups.values():
        for parties, key in group.items():
            for party in sorted(parties) if len(parties) > 1 else ():
                fewer = group.get(parties - {party})
                if fewer is not None:
                    yield key, fewer, "parties", f"the same words, one also of {party}", 1
