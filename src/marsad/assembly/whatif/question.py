"""Understanding a question: «CONCEPT+», «A -> B +», and which concept of the map is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from marsad.assembly.causal import CausalMap, Node
from marsad.errors import QueryError
from marsad.text.normalise import fold

_SIGNS = {"+": 1, "↑": 1, "-": -1, "−": -1, "–": -1, "↓": -1}
_ARROW = re.compile(r"\s*(?:->|→|=>|⟶|⇒)\s*")
_SUGGESTIONS = 5


def find_concept(causal_map: CausalMap, name: str) -> Node:
    """The concept meant by a key, a label, another wording, or words that only one label has.

    Raises QueryError, with the nearest concepts, when there is none or more than one.
    """
    node = causal_map.node(name)
    if node:
        return node
    wanted = _plain(name)
    names = [(n, _plain(text)) for n in causal_map.nodes for text in (n.label, *n.aliases, n.key)]
    exact = _distinct(n for n, text in names if text == wanted)
    if len(exact) == 1:
        return exact[0]
    words = set(wanted.split())
    inside = _distinct(n for n, text in names if words and words <= set(text.split()))
    if len(inside) == 1 and not exact:
        return inside[0]
    if exact or inside:
        found = "; ".join(f"{n.label} [{n.key}]" for n in (exact or inside)[:_SUGGESTIONS])
        raise QueryError(f"«{name}» names several concepts of the map; say which: {found}")
    near = process.extract(wanted, [text for _, text in names], scorer=fuzz.WRatio, limit=20, score_cutoff=50)
    nodes = _distinct(names[index][0] for _, _, index in near)[:_SUGGESTIONS]
    # A key with «~» belongs to one story and helps nobody.
    near_by = (n.label if "~" in n.key else f"{n.label} [{n.key}]" for n in nodes)
    hint = "; nearest: " + "; ".join(near_by) if nodes else ""
    raise QueryError(f"«{name}» is no concept of this map ({len(causal_map.nodes)} concepts){hint}")


def press_of(text: str) -> tuple[str, int]:
    """«CONCEPT+» or «CONCEPT-»: the name and the direction.  Raises QueryError without a sign at the end.

    A sign before an Arabic name will do: on some screens it is hard to tell where it stands.
    """
    text = text.strip()
    if text[:1] in _SIGNS and text[-1:] not in _SIGNS and text[1:].strip():
        text = text[1:] + text[0]
    if text[-1:] not in _SIGNS or not text[:-1].strip():
        raise QueryError(f"«{text}»: a press is a concept and a sign, such as «{text.rstrip('+-') or 'CONCEPT'}+»")
    return text[:-1].strip(), _SIGNS[text[-1]]


def edge_of(text: str) -> tuple[str, str, int]:
    """«A -> B +» or «A -> B -»: names and sign of an added effect.  Raises QueryError."""
    parts = _ARROW.split(text.strip())
    if len(parts) != 2 or not parts[0]:
        raise QueryError(f"«{text}»: an added effect is written «A -> B +» or «A -> B -»")
    effect, sign = press_of(parts[1])
    return parts[0], effect, sign


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w+]+", " ", fold(text).casefold().replace("_", " ")).split())


def _distinct(nodes: Iterable[Node]) -> list[Node]:
    return list({node.key: node for node in nodes}.values())
