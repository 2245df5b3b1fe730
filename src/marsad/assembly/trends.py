"""Do the maps hold water?  Reported trends against what each claimant's own map implies.

A claimant reports a trend where a relation claim has one («تراجع التعاون») or where an asserted, explicit claim words
a side with a direction.  For a reported trend of a concept, the claimant's map implies a direction when a
path of at most three of the claimant's own edges leads to it from a concept whose trend the same claimant reports
elsewhere; the sentence that reports the trend takes no part in implying it.  Nothing here says who is right: it says
whether claims of one mouth fit together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from marsad.assembly.claims import claim_of
from marsad.assembly.merges import Merges
from marsad.records import Record
from marsad.stored import StoredMechanism, StoredRecord, StoredRelation
from marsad.text.normalise import fold

_LONGEST = 3
Sentence = tuple[str, str]
"""Article and record."""


class TrendCheck(Record, frozen=True):
    """A reported trend and what the claimant's other claims imply: `implied` is +1 or -1, 0 where paths disagree."""

    claimant: str
    concept: str
    reported: int
    implied: int
    article: str
    record: str

    @property
    def outcome(self) -> str:
        """reproduced, contradicted or mixed."""
        if not self.implied:
            return "mixed"
        return "reproduced" if self.implied == self.reported else "contradicted"


class TrendReport(Record, frozen=True):
    """How many trends are reported, how many of them the same claimant's map says anything about (`testable`), and
    how those come out."""

    reported: int
    testable: int
    reproduced: int
    contradicted: int
    mixed: int
    claimants: int
    checks: tuple[TrendCheck, ...]


class _Voice:
    """What one claimant reports and claims."""

    def __init__(self) -> None:
        self.trends: dict[str, list[tuple[int, Sentence]]] = defaultdict(list)
        self.into: dict[str, list[tuple[str, int, Sentence]]] = defaultdict(list)

    def implied(self, concept: str, sentence: Sentence) -> set[int]:
        """Directions that the claims imply for a concept, without those of one sentence."""
        found: set[int] = set()
        todo = [(concept, 1, 0, frozenset([concept]))]
        while todo:
            at, sign, length, seen = todo.pop()
            for cause, edge, where in self.into.get(at, ()):
                if where == sentence or cause in seen:
                    continue
                found |= {sign * edge * d for d, other in self.trends.get(cause, ()) if other not in (sentence, where)}
                if length + 1 < _LONGEST:
                    todo.append((cause, sign * edge, length + 1, seen | {cause}))
        return found


def trends(records: Iterable[StoredRecord], merges: Merges | None = None) -> TrendReport:
    """The check over relations and mechanisms; others are passed over."""
    merges = merges or Merges()
    voices: dict[str, _Voice] = defaultdict(_Voice)
    for stored in records:
        if isinstance(stored, StoredRelation):
            _relation(stored, voices, merges)
        elif isinstance(stored, StoredMechanism):
            _mechanism(stored, voices, merges)
    reported = 0
    checks: list[TrendCheck] = []
    for name, voice in sorted(voices.items()):
        for concept, found in sorted(voice.trends.items()):
            for direction, sentence in found:
                reported += 1
                implied = voice.implied(concept, sentence)
                if implied:
                    checks.append(
                        TrendCheck(
                            claimant=name, concept=concept, reported=direction,
                            implied=next(iter(implied)) if len(implied) == 1 else 0,
                            article=sentence[0], record=sentence[1],
                        )
                    )  # fmt: skip
    tally = Counter(check.outcome for check in checks)
    return TrendReport(
        reported=reported, testable=len(checks), reproduced=tally["reproduced"], contradicted=tally["contradicted"],
        mixed=tally["mixed"], claimants=len({check.claimant for check in checks}), checks=tuple(checks),
    )  # fmt: skip


def _voice(stored: StoredRelation | StoredMechanism) -> str:
    """The innermost claimant; a writer is one voice in one article."""
    if isinstance(stored, StoredMechanism) and stored.record.holders:
        return " ".join(fold(stored.record.holders[-1]).split())
    if stored.claimants:
        last = stored.claimants[-1]
        return " ".join(fold(last.name or last.role or "").split())
    return f"@{stored.article}"


def _relation(stored: StoredRelation, voices: dict[str, _Voice], merges: Merges) -> None:
    r = stored.record
    rejected = stored.verdict is not None and stored.verdict.decision == "reject"
    if r.concept is None or not r.concept.direction or rejected:
        return
    key, turn = merges.resolve(r.concept.key)
    voices[_voice(stored)].trends[key].append((r.concept.direction * turn, (stored.article, stored.id)))


def _mechanism(stored: StoredMechanism, voices: dict[str, _Voice], merges: Merges) -> None:
    raw = claim_of(stored)
    if raw is None or raw.claim.claim != "asserts":
        return
    voice, sentence = voices[_voice(stored)], (stored.article, stored.id)
    keys: list[tuple[str, int]] = []
    for concept in (raw.cause, raw.effect):
        key = f"{concept.key}@{stored.story}" if "~" in concept.key else concept.key
        keys.append(merges.resolve(key))
    (cause, turn), (effect, turn_too) = keys
    voice.into[effect].append((cause, raw.claim.sign * turn * turn_too, sentence))
    plain = raw.claim.modality == "asserted" and raw.claim.tier == "explicit"
    if plain and raw.cause.direction:
        voice.trends[cause].append((raw.cause.direction * turn, sentence))
    if plain and raw.effect.direction:
        voice.trends[effect].append((raw.effect.direction * turn_too, sentence))
