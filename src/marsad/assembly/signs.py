"""Cooperation or conflict: the sign of a PLOVER type, from its quad (verbal and material cooperation or conflict)."""

from __future__ import annotations

from marsad.records import EventType

COOPERATION: frozenset[EventType] = frozenset(
    ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT")
)


def event_sign(kind: EventType) -> int:
    """+1 for the seven types of cooperation, -1 for the nine of conflict."""
    return 1 if kind in COOPERATION else -1
