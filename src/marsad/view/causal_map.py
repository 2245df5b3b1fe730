"""A small drawing of an article's mechanisms: causes on the right, effects to their left, as Arabic reads.

Mechanisms that hang together are drawn as one group; groups are set side by side like words, from the right.
"""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from marsad.assembly.claims import neutral_sign
from marsad.records import Concept, Mechanism, Reading, Span
from marsad.text.normalise import fold
from marsad.view.bidi import plain

_WIDTH, _GAP_X, _GAP_Y = 190, 64, 16
_BETWEEN_X, _BETWEEN_Y = 56, 34
_LINE, _PAD = 20, 10
_CHARS, _LINES = 24, 3
_PAGE = 1300

Edge = tuple[str, str, Mechanism]


class Box(NamedTuple):
    """A node: its lines of text, its layer, its right upper corner counted from the right, its height."""

    lines: list[str]
    layer: int
    right: float
    top: float
    height: float


def draw(reading: Reading, title: str = "") -> str:
    """The map as SVG under `title`; every arrow links to its record.  Empty when there is nothing to draw."""
    if not reading.mechanisms:
        return ""
    texts: dict[str, str] = {}
    edges: list[Edge] = []
    for m in reading.mechanisms:
        cause, effect = (
            _key(m.cause, m.cause_antecedent, m.cause_concept),
            _key(m.effect, m.effect_antecedent, m.effect_concept),
        )
        texts.setdefault(cause, _text(m.cause, m.cause_antecedent, m.cause_concept))
        texts.setdefault(effect, _text(m.effect, m.effect_antecedent, m.effect_concept))
        edges.append((cause, effect, m))
    boxes, width, height = _set(texts, edges)
    out = [
        f'<svg class="map" role="group" aria-label="{escape(title)}" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}">',
        "<defs>",
    ]
    for name, path in (("up", "M0 0L8 4L0 8z"), ("down", "M5 0h3v8h-3z")):
        out.append(
            f'<marker id="tip-{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            f'orient="auto-start-reverse"><path d="{path}"/></marker>'
        )
    out.append("</defs>")
    out += [_edge(boxes[a], boxes[b], mechanism, width) for a, b, mechanism in edges]
    out += [_box(box, width) for box in boxes.values()]
    return "".join([*out, "</svg>"])


def _key(span: Span, antecedent: Span | None, concept: Concept | None) -> str:
    if concept is not None:
        return concept.key
    return " ".join(fold((antecedent or span).quote).split())


def _text(span: Span, antecedent: Span | None, concept: Concept | None) -> str:
    """A concept's neutral label, else the words."""
    return concept.label if concept is not None else (antecedent or span).quote


def _set(texts: dict[str, str], edges: list[Edge]) -> tuple[dict[str, Box], float, float]:
    """Boxes, width and height of the whole."""
    boxes: dict[str, Box] = {}
    right = top = row = float(_PAD)
    widest = 0.0
    for nodes, inside in _groups(texts, edges):
        group, width, height = _place(nodes, texts, inside)
        if right > _PAD and right + width > _PAGE:
            right, top, row = float(_PAD), row + _BETWEEN_Y, row + _BETWEEN_Y
        for node, box in group.items():
            boxes[node] = box._replace(right=box.right + right, top=box.top + top)
        row = max(row, top + height)
        widest = max(widest, right + width)
        right += width + _BETWEEN_X
    return boxes, widest + _PAD, row + _PAD


def _groups(texts: dict[str, str], edges: list[Edge]) -> list[tuple[list[str], list[Edge]]]:
    """Nodes that hang together, with their edges; larger groups first, otherwise as the text has them."""
    group_of = {node: i for i, node in enumerate(texts)}
    for a, b, _ in edges:
        old, new = group_of[b], group_of[a]
        if old != new:
            group_of = {node: new if group == old else group for node, group in group_of.items()}
    groups: dict[int, list[str]] = {}
    for node, group in group_of.items():
        groups.setdefault(group, []).append(node)
    found = [(nodes, [e for e in edges if e[0] in nodes]) for nodes in groups.values()]
    return sorted(found, key=lambda group: -len(group[1]))


def _layers(nodes: list[str], edges: list[Edge]) -> dict[str, int]:
    """The longest way to each node from a first cause; loops are cut where they close."""
    after: dict[str, list[str]] = {node: [] for node in nodes}
    for a, b, _ in edges:
        if a != b and not _leads(after, b, a):
            after[a].append(b)
    layers = dict.fromkeys(nodes, 0)
    for _ in nodes:
        changed = False
        for a, following in after.items():
            for b in following:
                if layers[b] < layers[a] + 1:
                    layers[b], changed = layers[a] + 1, True
        if not changed:
            break
    return layers


def _leads(after: dict[str, list[str]], start: str, goal: str) -> bool:
    seen, todo = {start}, [start]
    while todo:
        node = todo.pop()
        if node == goal:
            return True
        todo += [n for n in after[node] if n not in seen]
        seen.update(after[node])
    return False


def _wrap(text: str) -> list[str]:
    lines = [""]
    for word in plain(text).split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _CHARS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()[:40]
    if len(lines) > _LINES:
        lines = lines[:_LINES]
        lines[-1] += "…"
    return lines


def _place(nodes: list[str], texts: dict[str, str], edges: list[Edge]) -> tuple[dict[str, Box], float, float]:
    """The boxes of one group around its own corner, with the group's width and height."""
    layers = _layers(nodes, edges)
    columns = _columns(layers, edges)
    lines = {node: _wrap(texts[node]) for node in nodes}
    sizes = {node: len(lines[node]) * _LINE + 2 * _PAD for node in nodes}
    heights = {layer: sum(sizes[n] + _GAP_Y for n in column) - _GAP_Y for layer, column in columns.items()}
    full = max(heights.values())
    boxes = {}
    for layer, column in columns.items():
        top = (full - heights[layer]) / 2
        for node in column:
            boxes[node] = Box(lines[node], layer, layer * (_WIDTH + _GAP_X), top, sizes[node])
            top += sizes[node] + _GAP_Y
    return boxes, (len(columns) - 1) * (_WIDTH + _GAP_X) + _WIDTH, full


def _columns(layers: dict[str, int], edges: list[Edge]) -> dict[int, list[str]]:
    """The nodes of each layer from top to bottom: each beside the middle of its neighbours, which leaves few
    crossings.  Two sweeps are enough for a map of one article."""
    columns: dict[int, list[str]] = {}
    for node, layer in layers.items():
        columns.setdefault(layer, []).append(node)
    beside: dict[str, list[str]] = {node: [] for node in layers}
    for a, b, _ in edges:
        beside[a].append(b)
        beside[b].append(a)
    for order in (sorted(columns), sorted(columns, reverse=True)) * 2:
        place = {node: i / len(column) for column in columns.values() for i, node in enumerate(column)}
        for layer in order:
            middles = {
                node: sum(place[n] for n in beside[node]) / len(beside[node]) if beside[node] else place[node]
                for node in columns[layer]
            }
            columns[layer].sort(key=middles.__getitem__)
            place.update((node, i / len(columns[layer])) for i, node in enumerate(columns[layer]))
    return columns


def _box(box: Box, width: float) -> str:
    left = width - box.right - _WIDTH
    first = box.top + _PAD + 14
    lines = "".join(
        f'<text x="{left + _WIDTH / 2:.0f}" y="{first + i * _LINE:.0f}">{escape(line)}</text>'
        for i, line in enumerate(box.lines)
    )
    return (
        f'<g class="node"><rect x="{left:.0f}" y="{box.top:.0f}" width="{_WIDTH}" height="{box.height:.0f}" rx="8"/>'
        f"{lines}</g>"
    )


def _edge(a: Box, b: Box, mechanism: Mechanism, width: float) -> str:
    x1, y1 = width - a.right - _WIDTH, a.top + a.height / 2
    y2 = b.top + b.height / 2
    if b.layer > a.layer:
        x2 = width - b.right + 2
        c1, c2 = x1 - _GAP_X / 2, x2 + _GAP_X / 2
    else:  # back or down: out to the left and in again
        x2 = width - b.right - _WIDTH - 2
        c1 = c2 = min(x1, x2) - _GAP_X * 0.7
    direction = "up" if neutral_sign(mechanism) > 0 else "down"
    told = plain(f"{mechanism.cause.quote} ← {mechanism.effect.quote}")
    path = f"M{x1:.0f} {y1:.0f}C{c1:.0f} {y1:.0f} {c2:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    return (
        f'<a href="#{escape(mechanism.id)}" aria-label="{escape(told)}">'
        f'<path class="edge {direction} {escape(mechanism.claim)}" d="{path}" '
        f'marker-end="url(#tip-{direction})"/></a>'
    )
