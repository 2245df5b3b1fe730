"""Neutral, typed concepts: what causes and effects are merged on, with the words of direction taken out.

A relation in the map and the same relation in the relation layer have one key: `relation:A-B:domain` with the codes in
alphabetical order where the tie is mutual, `relation:A>B:domain` where A acts on B; several codes of one side are
joined by «+».  A conflict is a concept of its own (`...:conflict`), and so is neutrality or withheld help
(`...:neutral`): "more of the conflict" is claimed of other things than "less of the partnership", and whether the one
is the other's opposite is for an analyst to decide.

Other keys: `act:TYPE:A>B` (a PLOVER event; `act:TYPE:A>B:domain` for cooperation), `attribute:A:words` (something of an
actor), `belief:A:class:words` (what somebody thinks, fears or wants), `quantity:words`.  Words are lemmas without the
article, joined by «_».  A key with «~» names something of its own article alone («الاتفاق», an actor as such): assembly
does not join it with that of another article.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from marsad.lexicon.codes import name_of
from marsad.records import Concept, Domain, EventType, Trend

Direction = Literal[-1, 0, 1]
_DIRECTIONS: dict[str | None, Direction] = {"up": 1, "down": -1}
LOCAL = "~"
_POLES = {1: "", 0: ":neutral", -1: ":conflict"}


def relation_key(a: Sequence[str], b: Sequence[str], directed: bool, domain: Domain, polarity: int = 1) -> str:
    """The key of the relation between two sides in a domain."""
    left, right = "+".join(sorted(a)), "+".join(sorted(b))
    if directed:
        return f"relation:{left}>{right}:{domain}{_POLES[polarity]}"
    left, right = sorted((left, right))
    return f"relation:{left}-{right}:{domain}{_POLES[polarity]}"


def relation_concept(
    a: Sequence[str], b: Sequence[str], directed: bool, domain: Domain, trend: Trend | None, label: str,
    polarity: int = 1, pole: int = 1,
) -> Concept:  # fmt: skip
    """The concept of a relation claim; `label` is the words that claim it.

    The concept is that of the relation word, whose own polarity is `pole`; where the claim's is another, it speaks of
    less of it: tense relations are less of the relations, withheld support is less of the support.
    """
    direction: Direction = _DIRECTIONS.get(trend, 0)
    if polarity == 0 and pole:
        direction = -1
    elif polarity * pole < 0:
        direction = -1 if direction >= 0 else 1
    return Concept(kind="relation", key=relation_key(a, b, directed, domain, pole), label=label, direction=direction)


def act_key(kind: EventType, sources: Iterable[str], targets: Iterable[str], domain: str = "") -> str:
    """The key of an act by its PLOVER type and actors; acts of cooperation also by their domain, where it is named:
    military aid is not food aid."""
    return f"act:{kind}:{'+'.join(sorted(sources))}>{'+'.join(sorted(targets))}{':' * bool(domain)}{domain}"


def attribute_key(codes: Iterable[str], words: Sequence[str]) -> str:
    """The key of something of an actor (or of several)."""
    return f"attribute:{'+'.join(sorted(set(codes)))}:{'_'.join(words)}"


def belief_key(codes: Iterable[str], kind: str, words: Sequence[str]) -> str:
    """The key of what somebody thinks, fears or wants."""
    return f"belief:{'+'.join(sorted(set(codes)))}:{kind}:{'_'.join(words)}"


def quantity_key(words: Sequence[str]) -> str:
    """The key of anything else that there can be more or less of."""
    return f"quantity:{'_'.join(words)}"


def pair_label(head: str, a: Sequence[str], b: Sequence[str], directed: bool) -> str:
    """«الشراكة بين روسيا والصين»; with an arrow where A acts on B.

    >>> pair_label("الشراكة", ["CHN"], ["RUS"], False)
    'الشراكة بين الصين وروسيا'
    """
    left, right = (" و".join(name_of(code) for code in sorted(side)) for side in (a, b))
    if directed:
        return f"{head} ({left} ← {right})" if left and right else f"{head} ({left or right})"
    left, right = sorted((left, right))
    return f"{head} بين {left} و{right}"
