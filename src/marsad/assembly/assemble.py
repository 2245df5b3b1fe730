"""Assembly: from the claims of many articles to one causal map, incrementally.

An article's claims lie on the edges between the concepts that merges give them.  Adding, changing or dropping an
article touches only the edges of its own claims, and an edge is built anew from the set of its claims, so the result
is the same in whatever order articles come.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

import msgspec

from marsad.assembly.causal import CausalMap, Claim, Edge, Modality, Node, Sign
from marsad.assembly.claims import ALL, RawClaim, View, claim_of, reading_claims
from marsad.assembly.clusters import clusters
from marsad.assembly.merges import NOTE, Merge, Merges, by_rule, kind_of, merge_of
from marsad.records import Reading, Record
from marsad.stored import ArticleInfo, Filters, Note, Page, StoredMechanism, StoredRecord, Story, Verdict

EDGE_NOTE = "map-edge"
"""Kind of the notes that keep an analyst's edges; key «cause -> effect»."""
_ALIASES = 8
FIRMEST: dict[Modality, int] = {"asserted": 0, "necessary": 1, "potential": 2, "purpose": 3, "hypothetical": 4}
Pair = tuple[str, str]


class AddedEdge(Record, frozen=True):
    """An edge that nobody claimed and an analyst added."""

    cause: str
    effect: str
    sign: Sign
    note: str = ""


class Archive(Protocol):
    """What assembly asks of a store."""

    def changes(self, after: int = -1) -> tuple[ArticleInfo, ...]: ...
    def stream(self, filters: Filters = ...) -> Iterator[StoredRecord]: ...
    def story(self, id: str) -> Story | None: ...
    def verdicts(self, filters: Filters = ..., offset: int = 0, limit: int = 50) -> Page[Verdict]: ...
    def notes(self, kind: str, history: bool = False) -> tuple[Note, ...]: ...


class _InOrder:
    """Edges and nodes in the order of a map, kept so that one more article costs what it touches and no more."""

    def __init__(self, edges: dict[Pair, Edge], nodes: dict[str, Node]) -> None:
        self.pairs, self.keys = sorted(edges), sorted(nodes)
        self.edges = [edges[pair] for pair in self.pairs]
        self.nodes = [nodes[key] for key in self.keys]
        self.stale_pairs: set[Pair] = set()
        self.stale_keys: set[str] = set()

    def touch(self, pair: Pair) -> None:
        """A claim comes to an edge or leaves it."""
        self.stale_pairs.add(pair)
        self.stale_keys.update(pair)

    def fresh(self, edge: Callable[[Pair], Edge | None], node: Callable[[str], Node | None]) -> None:
        """Put in what has changed; an answer of None says that there is no such edge or node any more."""
        _renew(self.pairs, self.edges, self.stale_pairs, edge)
        _renew(self.keys, self.nodes, self.stale_keys, node)


K = TypeVar("K", str, Pair)
V = TypeVar("V")


def _renew(keys: list[K], values: list[V], stale: set[K], now: Callable[[K], V | None]) -> None:
    for key in stale:
        at = bisect_left(keys, key)
        there = at < len(keys) and keys[at] == key
        value = now(key)
        if value is None:
            if there:
                del keys[at], values[at]
        elif there:
            values[at] = value
        else:
            keys.insert(at, key)
            values.insert(at, value)
    stale.clear()


class Assembly:
    """The claims of many articles, grouped by edge.  Not for several threads at once."""

    def __init__(self, merges: Merges | None = None, added: Iterable[AddedEdge] = ()) -> None:
        self.merges = merges or Merges()
        self.added = tuple(added)
        self._claims: dict[str, tuple[RawClaim, ...]] = {}
        self._story: dict[str, str] = {}
        self._edges: dict[Pair, dict[tuple[str, str], tuple[RawClaim, Sign]]] = {}
        self._labels: dict[str, Counter[tuple[str, str]]] = {}
        self._built: dict[Pair, Edge] = {}
        self._nodes: dict[str, Node] = {}
        self._in_order: _InOrder | None = None
        self._change = -1
        self._verdicts: dict[str, str] = {}

    # -- articles

    def put(self, article: str, claims: Iterable[RawClaim], story: str | None = None) -> None:
        """Take an article's claims, in place of those that it had before."""
        self.drop(article)
        self._story[article] = story or article
        found = tuple({claim.ident: claim for claim in claims}.values())
        if found:
            self._claims[article] = found
            for claim in found:
                self._lay(claim)

    def drop(self, article: str) -> None:
        """Forget an article."""
        for claim in self._claims.pop(article, ()):
            self._lift(claim)
        self._story.pop(article, None)

    def tell_story(self, article: str, story: str) -> None:
        """An article has become part of a story."""
        if article in self._story and self._story[article] != story:
            self.put(article, self._claims.get(article, ()), story)

    def decide(self, merges: Merges, added: Iterable[AddedEdge]) -> None:
        """Take other merges and added edges."""
        self.added = tuple(added)
        if merges != self.merges:
            claims, stories = self._claims, self._story
            self.merges = merges
            self._claims, self._story = {}, {}
            self._in_order = None
            for table in (self._edges, self._labels, self._built, self._nodes):
                table.clear()
            for article, story in stories.items():
                self.put(article, claims.get(article, ()), story)

    # -- edges

    def _place(self, claim: RawClaim) -> tuple[Pair, Sign, tuple[str, str]]:
        """The edge of a claim, what its sign is turned by, and the keys before any merge."""
        own: list[str] = []
        found: list[str] = []
        sign: Sign = 1
        for concept in (claim.cause, claim.effect):
            key = concept.key
            if "~" in key:
                key = f"{key}@{self._story[claim.claim.article]}"
            merged, turn = self.merges.resolve(key)
            own.append(key)
            found.append(merged)
            sign = -1 if sign * turn < 0 else 1
        return (found[0], found[1]), sign, (own[0], own[1])

    def _lay(self, claim: RawClaim) -> None:
        pair, turn, own = self._place(claim)
        if pair[0] == pair[1]:
            return
        if self._in_order is not None:
            self._in_order.touch(pair)
        self._edges.setdefault(pair, {})[claim.ident] = claim, turn
        self._built.pop(pair, None)
        for key, raw, concept in zip(pair, own, (claim.cause, claim.effect), strict=True):
            self._labels.setdefault(key, Counter())[raw, concept.label] += 1
            self._nodes.pop(key, None)

    def _lift(self, claim: RawClaim) -> None:
        pair, _, own = self._place(claim)
        if pair[0] == pair[1]:
            return
        lying = self._edges[pair]
        del lying[claim.ident]
        if not lying:
            del self._edges[pair]
        self._built.pop(pair, None)
        for key, raw, concept in zip(pair, own, (claim.cause, claim.effect), strict=True):
            labels = self._labels[key]
            labels[raw, concept.label] -= 1
            if not labels[raw, concept.label]:
                del labels[raw, concept.label]
            if not labels:
                del self._labels[key]
            self._nodes.pop(key, None)
        if self._in_order is not None:
            self._in_order.touch(pair)

    def _edge(self, pair: Pair) -> Edge:
        edge = self._built.get(pair)
        if edge is None:
            edge = self._built[pair] = build_edge(pair, self._edges[pair].values(), self._story.__getitem__)
        return edge

    def _node(self, key: str) -> Node:
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = build_node(key, self._labels.get(key, Counter()))
        return node

    def _whole(self) -> _InOrder:
        """All edges and nodes in order, made once and then kept up."""
        if self._in_order is None:
            edges = {pair: self._edge(pair) for pair in self._edges}
            self._in_order = _InOrder(edges, {key: self._node(key) for key in self._labels})
        self._in_order.fresh(
            lambda pair: self._edge(pair) if pair in self._edges else None,
            lambda key: self._node(key) if key in self._labels else None,
        )
        return self._in_order

    # -- answers

    def map(self, view: View = ALL) -> CausalMap:
        """The map of a view."""
        if view == ALL and not self.added:
            whole = self._whole()
            return CausalMap(nodes=tuple(whole.nodes), edges=tuple(whole.edges))
        if view == ALL:
            edges = {pair: self._edge(pair) for pair in self._edges}
        else:
            edges = {}
            for pair, lying in self._edges.items():
                taken = [(claim, turn) for claim, turn in lying.values() if view.takes(claim.claim)]
                if taken:
                    edges[pair] = build_edge(pair, taken, self._story.__getitem__)
        for extra in self.added:
            pair = self.merges.resolve(extra.cause)[0], self.merges.resolve(extra.effect)[0]
            edges[pair] = with_analyst(edges.get(pair), pair, extra)
        keys = {key for pair in edges for key in pair}
        return CausalMap(
            nodes=tuple(self._node(key) for key in sorted(keys)),
            edges=tuple(edges[pair] for pair in sorted(edges)),
            view=view.name,
        )

    def rule_merges(self) -> list[Merge]:
        """What the safe rules have merged among the concepts at hand."""
        return list(by_rule((raw for labels in self._labels.values() for raw, _ in labels), self.merges))

    def claimants(self) -> list[tuple[str, int]]:
        """Innermost claimants as written, with their claims, those with most first; "" stands for writers."""
        tally = Counter(c.claim.claimants[-1] if c.claim.claimants else "" for cs in self._claims.values() for c in cs)
        return sorted(tally.items(), key=lambda item: (-item[1], item[0]))

    @property
    def mark(self) -> tuple[object, ...]:
        """Equal as long as the maps are: the last change taken in, verdicts, merges and added edges."""
        return self._change, tuple(sorted(self._verdicts.items())), self.merges.decisions, self.added

    def sizes(self) -> tuple[int, int, int, int]:
        """Articles with claims, claims, concepts, edges."""
        return len(self._claims), sum(map(len, self._claims.values())), len(self._labels), len(self._edges)

    # -- an archive

    def follow(self, archive: Archive) -> int:
        """Take over what has changed in an archive since the last time; how many articles that touched."""
        self.decide(Merges(_decided(archive)), _added(archive))
        verdicts = {v.record: v.id for v in _verdicts(archive)}
        touched = {r for r in self._verdicts.keys() | verdicts.keys() if self._verdicts.get(r) != verdicts.get(r)}
        changed = archive.changes(self._change)
        if self._change < 0:
            self._take(archive.stream(Filters(layers=("mechanism",))), {info.id: info.story for info in changed})
        else:
            again = {v.article for v in _verdicts(archive) if v.record in touched}
            again |= {a for a, cs in self._claims.items() if touched and any(c.claim.record in touched for c in cs)}
            stories = {a: self._story.get(a, a) for a in again} | {info.id: info.story for info in changed}
            for article, story in stories.items():
                filters = Filters(layers=("mechanism",), article=article)
                self._take(archive.stream(filters), {article: story})
            for story in {info.story for info in changed}:
                told = archive.story(story)
                for info in told.articles if told is not None else ():
                    self.tell_story(info.id, info.story)
        self._verdicts = verdicts
        self._change = max((info.change for info in changed), default=self._change)
        return len(changed)

    def _take(self, records: Iterable[StoredRecord], stories: dict[str, str]) -> None:
        found: dict[str, list[RawClaim]] = {article: [] for article in stories}
        for stored in records:
            if isinstance(stored, StoredMechanism) and stored.article in found:
                claim = claim_of(stored)
                if claim is not None:
                    found[stored.article].append(claim)
        for article, claims in found.items():
            self.put(article, claims, stories[article])


def assemble(source: Archive | Reading | Iterable[Reading]) -> Assembly:
    """The assembly of an archive, of a reading, or of several."""
    assembly = Assembly()
    if isinstance(source, Reading):
        source = (source,)
    if isinstance(source, Iterable):
        for reading in source:
            assembly.put(reading.id or reading.text_hash, reading_claims(reading))
        return assembly
    assembly.follow(source)
    return assembly


def build_edge(pair: Pair, lying: Iterable[tuple[RawClaim, Sign]], story_of: Callable[[str], str]) -> Edge:
    """The edge that some claims make."""
    groups: dict[tuple[str, int], list[RawClaim]] = {}
    for raw, turn in lying:
        groups.setdefault((raw.claim.claim, raw.claim.sign * turn), []).append(raw)
    counts: dict[tuple[str, int], int] = {}
    claims: list[Claim] = []
    for (kind, sign), group in groups.items():
        named = clusters(group, story_of)
        counts[kind, sign] = len(set(named.values()))
        for raw in group:
            fields = {"cluster": named[raw.ident], "sign": sign}
            claims.append(msgspec.structs.replace(raw.claim, **fields))
    more, less = counts.get(("asserts", 1), 0), counts.get(("asserts", -1), 0)
    denied = sum(n for (kind, _), n in counts.items() if kind == "denies")
    conceded = sum(n for (kind, _), n in counts.items() if kind == "concedes")
    leading: Sign = 1 if more >= less else -1
    if not more and not less:
        leading = -1 if all(sign < 0 for _, sign in groups) else 1
    asserted = [c for c in claims if c.claim == "asserts" and c.sign == leading]
    claims.sort(key=lambda c: (c.date or "", c.article, c.record))
    return Edge(
        cause=pair[0], effect=pair[1], sign=leading, support=max(more, less), against=min(more, less), denied=denied,
        conceded=conceded, contested=bool(min(more, less) or (denied and (more or less))),
        modality=min((c.modality for c in asserted), key=FIRMEST.__getitem__, default="asserted"),
        claims=tuple(claims),
    )  # fmt: skip


def build_node(key: str, labels: Counter[tuple[str, str]]) -> Node:
    """The node of a concept from its keys before merging and its labels."""
    own = {label: n for (raw, label), n in labels.items() if raw == key} or {
        label: n for (_, label), n in labels.items()
    }
    best = min(own, key=lambda label: (-own[label], len(label), label), default=key.rpartition(":")[2])
    others = sorted({label for _, label in labels} - {best})
    return Node(
        key=key, kind=kind_of(key), label=best, aliases=tuple(others[:_ALIASES]),  # type: ignore[arg-type]
        merged=tuple(sorted({raw for raw, _ in labels} - {key})),
    )  # fmt: skip


def with_analyst(edge: Edge | None, pair: Pair, extra: AddedEdge) -> Edge:
    """An edge with an analyst's beside what is claimed."""
    if edge is None or not edge.support:
        base = edge or Edge(cause=pair[0], effect=pair[1], sign=extra.sign, support=0)
        return msgspec.structs.replace(base, sign=extra.sign, support=1, analyst=True, note=extra.note)
    return msgspec.structs.replace(edge, analyst=True, note=extra.note)


def _decided(archive: Archive) -> list[Merge]:
    return [m for m in map(merge_of, archive.notes(NOTE)) if m.decision != "undo"]


def _added(archive: Archive) -> list[AddedEdge]:
    found = []
    for note in archive.notes(EDGE_NOTE):
        d = note.data
        if d.get("decision") != "remove":
            sign: Sign = -1 if d.get("sign") == -1 else 1
            edge = AddedEdge(cause=str(d["cause"]), effect=str(d["effect"]), sign=sign, note=str(d.get("note", "")))
            found.append(edge)
    return found


def _verdicts(archive: Archive) -> Iterator[Verdict]:
    offset = 0
    while True:
        page = archive.verdicts(Filters(layers=("mechanism",)), offset, 1000)
        yield from page.items
        offset += len(page.items)
        if not page.more:
            return
