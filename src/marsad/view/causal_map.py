"""A small drawing of an article's mechanisms: causes on the right, effects to their left, as Arabic reads."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from marsad.records import Concept, Mechanism, Reading, Span
from marsad.text.normalise import fold
from marsad.view.bidi import plain

_WIDTH, _GAP_X, _GAP_Y = 190, 70, 18
_LINE, _PAD = 20, 10
_CHARS, _LINES = 24, 3


class _Box(NamedTuple):
    lines: list[str]
    layer: int
    y: float
    height: float


def draw(reading: Reading) -> str:
    """The map as SVG; every arrow links to its record.  Empty when there is nothing to draw."""
    if not reading.mechanisms:
        return ""
    nodes: dict[str, str] = {}
    edges: list[tuple[str, str, Mechanism]] = []
    for mechanism in reading.mechanisms:
        ends = []
        for span, antecedent, concept in (
            (mechanism.cause, mechanism.cause_antecedent, mechanism.cause_concept),
            (mechanism.effect, mechanism.effect_antecedent, mechanism.effect_concept),
        ):
            key = _key(span, antecedent, concept)
            nodes.setdefault(key, (antecedent or span).quote)
            ends.append(key)
        edges.append((ends[0], ends[1], mechanism))
    layers = _layers(nodes, edges)
    boxes, height = _place(nodes, layers)
    depth = max(layers.values()) + 1
    width = depth * _WIDTH + (depth - 1) * _GAP_X + 2 * _PAD
    return "".join(
        [
            f'<svg class="map" viewBox="0 0 {width} {height:.0f}" width="{width}" height="{height:.0f}" role="img">',
            "<defs>",
            *(
                f'<marker id="tip-{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
                f'orient="auto-start-reverse"><path d="{path}"/></marker>'
                for name, path in (("up", "M0 0L8 4L0 8z"), ("down", "M5 0h3v8h-3z"))
            ),
            "</defs>",
            *(_edge(boxes[a], boxes[b], mechanism, width) for a, b, mechanism in edges),
            *(_box(box, width) for box in boxes.values()),
            "</svg>",
        ]
    )


def _key(span: Span, antecedent: Span | None, concept: Concept | None) -> str:
    if concept is not None:
        return concept.key
    return " ".join(fold((antecedent or span).quote).split())


def _layers(nodes: dict[str, str], edges: list[tuple[str, str, Mechanism]]) -> dict[str, int]:
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


def _place(nodes: dict[str, str], layers: dict[str, int]) -> tuple[dict[str, _Box], float]:
    columns: dict[int, list[str]] = {}
    for node, layer in layers.items():
        columns.setdefault(layer, []).append(node)
    sizes = {node: len(_wrap(text)) * _LINE + 2 * _PAD for node, text in nodes.items()}
    heights = {layer: sum(sizes[n] + _GAP_Y for n in column) - _GAP_Y for layer, column in columns.items()}
    full = max(heights.values())
    boxes = {}
    for layer, column in columns.items():
        y = _PAD + (full - heights[layer]) / 2
        for node in column:
            boxes[node] = _Box(_wrap(nodes[node]), layer, y, sizes[node])
            y += sizes[node] + _GAP_Y
    return boxes, full + 2 * _PAD


def _left(box: _Box, width: int) -> float:
    """The left side of a box: the first layer stands at the right."""
    return width - _PAD - _WIDTH - box.layer * (_WIDTH + _GAP_X)


def _box(box: _Box, width: int) -> str:
    left = _left(box, width)
    middle = left + _WIDTH / 2
    first = box.y + _PAD + 14
    lines = "".join(
        f'<text x="{middle:.0f}" y="{first + i * _LINE:.0f}">{escape(line)}</text>' for i, line in enumerate(box.lines)
    )
    return (
        f'<g class="node"><rect x="{left:.0f}" y="{box.y:.0f}" width="{_WIDTH}" height="{box.height:.0f}" rx="8"/>'
        f"{lines}</g>"
    )


def _edge(a: _Box, b: _Box, mechanism: Mechanism, width: int) -> str:
    x1, y1 = _left(a, width), a.y + a.height / 2
    y2 = b.y + b.height / 2
    if b.layer > a.layer:
        x2 = _left(b, width) + _WIDTH + 2
        middle = (x1 + x2) / 2
        path = f"M{x1:.0f} {y1:.0f}C{middle:.0f} {y1:.0f} {middle:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    else:
        x2 = _left(b, width) - 2
        out = min(x1, x2) - _GAP_X * 0.7
        path = f"M{x1:.0f} {y1:.0f}C{out:.0f} {y1:.0f} {out:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    direction = "up" if mechanism.sign > 0 else "down"
    classes = f"edge {direction} {mechanism.claim}"
    return (
        f'<a href="#{escape(mechanism.id)}"><path class="{classes}" d="{path}" marker-end="url(#tip-{direction})"/></a>'
    )
