"""The polarity of a relation as worded: its row's, turned by the words around it.

A tie that is tense is a conflict («توتر العلاقات», «العلاقات شهدت توترا»), help that is refused, withheld or avoided
is neither («رفض التعاون», «تتجنب مساعدة …»), a ban on deliveries is a conflict («حظر بيع السلاح»), and a conflict that
is denied is a tie («عدم وجود خلاف»).  «لا تزال» denies nothing.
"""

from __future__ import annotations

from marsad.reading.relations.trigger import Trigger

_TIES = frozenset(["ties", "trade", "diplomacy"])
_GIVEN = frozenset(["support", "supply", "ties", "trade", "diplomacy", "membership"])
_GOVERNS, _NEGATES = 4, 3
_ANY = 8
"""Tokens over which a denial or refusal reaches «أي» right before the word («لم تقدم حتى الآن أي دعم»)."""


def polarity(trigger: Trigger) -> tuple[int, str | None]:
    """Polarity and state («withheld», «denied», «banned») of what a trigger claims."""
    row = trigger.row
    kind, sign = row.kind, row.polarity
    reach = _reach(trigger, _GOVERNS)
    left = {w.says for w in trigger.words if w.of == "polarity" and 0 <= trigger.first - w.last < reach}
    right = {w.says for w in trigger.words if w.of == "polarity" and trigger.last <= w.first < trigger.clause_end}
    negated = _negated(trigger)
    if sign == 1 and kind in _TIES and ("conflict" in left or ("conflict" in right and not left & {"repair", "end"})):
        return -1, None
    if sign == 1 and kind in _GIVEN:
        if "ban" in left:
            return -1, "banned"
        if "withheld" in left or negated:
            return 0, "withheld"
    if sign == -1 and kind == "conflict" and negated:
        return 1, "denied"
    return sign, row.state


def _negated(trigger: Trigger) -> bool:
    reach = _reach(trigger, _NEGATES)
    lasting = {token for w in trigger.words if w.says == "stable" for token in range(w.first, w.last)}
    own = range(trigger.begin, trigger.begin + trigger.size)
    return any(
        w.says == "deny" and 0 <= trigger.first - w.last < reach and w.first not in lasting and w.first not in own
        for w in trigger.words
    )


def _reach(trigger: Trigger, plain: int) -> int:
    return _ANY if any(w.says == "any" and w.last == trigger.first for w in trigger.words) else plain
