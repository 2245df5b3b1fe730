"""For or against: the sign of a PLOVER type (from its quad: cooperation or conflict) and of the act of a statement."""

from __future__ import annotations

from marsad.records import Act, EventType, Statement

COOPERATION: frozenset[EventType] = frozenset(
    ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT")
)


def event_sign(kind: EventType) -> int:
    """+1 for the seven types of cooperation, -1 for the nine of conflict."""
    return 1 if kind in COOPERATION else -1


_POSITIONS: dict[Act, int] = {
    "SUPPORT": 1, "WELCOME": 1, "PROMISE": 1, "ADMIT": 1, "REJECT": -1, "CONDEMN": -1, "CRITICIZE": -1, "DENY": -1,
    "ACCUSE": -1, "THREATEN": -1,
}  # fmt: skip


def position(statement: Statement) -> int:
    """+1 where the act is for what is said, -1 where it is against it, 0 where it only says it; a negated act turns."""
    return _POSITIONS.get(statement.act, 0) * (-1 if statement.negated else 1)
