"""The polarity of a relation as worded: its row's, turned by the words around it.

A tie that is tense is a conflict («توتر العلاقات», «العلاقات شهدت توترا»), help that is refused, withheld or avoided
is neither («رفض التعاون», «تتجنب مساعدة …»), a ban on deliveries is a conflict («حظر بيع السلاح»), and a conflict that
is denied is a tie («عدم وجود خلاف»).
"""

from __future__ import annotations

from marsad.reading.relations.candidates import Trigger

_TIES = frozenset(["ties", "trade", "diplomacy"])
_GIVEN = frozenset(["support", "supply", "ties", "trade", "diplomacy"])
_GOVERNS, _NEGATES = 4, 3


def polarity(trigger: Trigger) -> tuple[int, str | None]:
    """Polarity and state («withheld», «denied», «banned») of what a trigger claims."""
    row = trigger.row
    kind, sign = row.kind, row.polarity
    left = {w.says for w in trigger.words if w.of == "polarity" and 0 <= trigger.first - w.last < _GOVERNS}
    right = {w.says for w in trigger.words if w.of == "polarity" and trigger.last <= w.first < trigger.clause_end}
    negated = any(
        w.says == "deny" and 0 <= trigger.first - w.last < _NEGATES for w in trigger.words if w.of == "polarity"
    )
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
