"""From a question to an answer: signs where they decide, otherwise shares over many weightings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import prod
from typing import Any, Literal

from marsad.assembly.causal import CausalMap, Claim, Edge
from marsad.assembly.dossier import WRITER
from marsad.assembly.whatif.answer import (
    AnswerPath,
    Deciding,
    Press,
    Range,
    Setting,
    Step,
    Verdict,
    WhatIf,
)
from marsad.assembly.whatif.question import edge_of, find_concept, press_of
from marsad.assembly.whatif.signs import SignAnswer, sign_answer
from marsad.assembly.whatif.system import RELIABILITY, Link, Part, part_between, with_added
from marsad.assembly.whatif.words import Words, percent, say
from marsad.errors import QueryError

DRAWS = 10_000
ROBUST, LEANING, HARDLY_STABLE = 0.9, 0.6, 0.2
HARDLY_ARRIVES = 30
"""Fewest weightings in which the push must arrive for a share to be given (10 where few can be drawn)."""
_SHOWN_PATHS, _SHOWN_EDGES = 20, 6
_SHOWN_DECIDING = 6
_DECIDES = 0.1
_HARDLY = 0.001
_WORK = 3e9
"""Matrix entries cubed that one answer may cost; above it there are fewer weightings, and the answer says how many."""


def whatif(
    causal_map: CausalMap,
    press: str | Sequence[str],
    target: str,
    *,
    edges: Iterable[str] = (),
    seed: int = 0,
    draws: int = DRAWS,
    reliability: float = RELIABILITY,
) -> WhatIf:
    """What the claims of `causal_map` imply for `target` after a lasting push.

    `press` is «CONCEPT+» or «CONCEPT-», or several of them; concepts are named by key, label or other wording.
    `edges` are effects that the analyst adds («A -> B +»), marked as such in the answer.  `draws` weightings are shared
    among ten settings.  `reliability` is the chance that one independent claim was read rightly (1 for a map made by
    hand).  The same map, question, seed and number of draws give the same answer.

    Raises QueryError when a concept is unknown (with suggestions), a press is the target, or a question contradicts
    itself.
    """
    goal = find_concept(causal_map, target)
    presses = _presses(causal_map, [press] if isinstance(press, str) else press)
    if any(p.key == goal.key for p in presses):
        raise QueryError(f"«{goal.label}» is both pushed and asked about; choose another target")
    if draws < 1 or not 0 < reliability <= 1:
        raise QueryError("draws must be 1 or more, and reliability above 0 and at most 1")
    added: dict[tuple[str, str], int] = {}
    for text in edges:
        cause, effect, sign = edge_of(text)
        pair = find_concept(causal_map, cause).key, find_concept(causal_map, effect).key
        if pair[0] == pair[1] or added.get(pair, sign) != sign:
            raise QueryError(f"«{text}»: an effect joins two concepts and has one sign")
        added[pair] = sign
    all_edges = with_added(causal_map.edges, added)
    part = part_between(all_edges, [p.key for p in presses], goal.key, reliability)
    asked = _Asked(causal_map, presses, goal.key, goal.label, seed, reliability)
    if not part.links:
        return asked.no_path(all_edges)
    pushes = {p.key: p.direction for p in presses if p.key in part.graph}
    signs = sign_answer(part.graph, pushes, goal.key)
    if signs.sign is not None:
        return asked.certain(part, signs, signs.sign)
    return asked.sampled(part, signs, pushes, draws)


def _presses(causal_map: CausalMap, texts: Sequence[str]) -> tuple[Press, ...]:
    found: dict[str, Press] = {}
    for text in texts:
        name, direction = press_of(text)
        node = find_concept(causal_map, name)
        new = Press(key=node.key, label=node.label, direction=1 if direction > 0 else -1)
        if found.setdefault(node.key, new) != new:
            raise QueryError(f"«{node.label}» is pushed both up and down")
    if not found:
        raise QueryError("name at least one press, such as «CONCEPT+»")
    return tuple(found.values())


def holders_of(edge: Edge) -> frozenset[str]:
    """Who asserts the edge with its sign: innermost claimants, or the writer of an article."""
    return frozenset(_holder(c) for c in edge.claims if c.claim == "asserts" and c.sign == edge.sign)


def _added(edge: Edge) -> bool:
    """Whether an analyst added the edge and nobody claims it."""
    return edge.analyst and not holders_of(edge)


def _holder(claim: Claim) -> str:
    return claim.claimants[-1] if claim.claimants else f"{WRITER} ({claim.outlet or claim.article})"


class _Asked:
    """The question, and the answers of the three kinds."""

    def __init__(
        self,
        causal_map: CausalMap,
        presses: tuple[Press, ...],
        target: str,
        target_label: str,
        seed: int,
        reliability: float,
    ) -> None:
        self.map, self.presses, self.target, self.label = causal_map, presses, target, target_label
        self.seed, self.reliability = seed, reliability
        self.labels = {node.key: node.label for node in causal_map.nodes}

    def _answer(self, verdict: Verdict, direction: Literal[-1, 0, 1], **fields: Any) -> WhatIf:
        return WhatIf(
            view=self.map.view, presses=self.presses, target=self.target, target_label=self.label, verdict=verdict,
            direction=direction, seed=self.seed, reliability=self.reliability, **fields,
        )  # fmt: skip

    def _pushed(self) -> str:
        return "، ".join(f"«{p.label}» {'↑' if p.direction > 0 else '↓'}" for p in self.presses)

    def _edge(self, cause: str, effect: str) -> Words:
        return say(
            "part", "effect", cause=self.labels.get(cause, cause), effect=self.labels.get(effect, effect)
        )  # fmt: skip

    def _edges(self, links: Iterable[Link | Edge]) -> Words:
        listed = [self._edge(link.cause, link.effect) for link in links]
        shown = listed[:_SHOWN_EDGES]
        ar, en = "؛ ".join(words.ar for words in shown), "; ".join(words.en for words in shown)
        if len(listed) > len(shown):
            more = say("part", "more", count=len(listed) - len(shown))
            ar, en = ar + more.ar, en + more.en
        return Words(ar=ar, en=en)

    def _loop(self, concepts: Sequence[str]) -> Words:
        """A loop, closed by its first concept."""
        labels = [self.labels.get(concept, concept) for concept in concepts]
        if len(labels) == 2:
            return say("part", "itself", concept=labels[0])
        parts = [say("part", "then", concept=label) for label in labels[:-2]]
        parts.append(say("part", "back", concept=labels[-2], first=labels[-1]))
        return Words(ar="".join(p.ar for p in parts), en="".join(p.en for p in parts))

    # --- no path

    def no_path(self, edges: Sequence[Edge]) -> WhatIf:
        """Nothing that is claimed leads from press to target."""
        import networkx as nx

        graph, wide = nx.DiGraph(), nx.DiGraph()
        for edge in edges:
            wide.add_edge(edge.cause, edge.effect)
            if edge.support > 0:
                graph.add_edge(edge.cause, edge.effect)
        keys = [p.key for p in self.presses]
        ahead = {n for key in keys if key in wide for n in nx.descendants(wide, key)} | set(keys)
        behind = (nx.ancestors(wide, self.target) if self.target in wide else set()) | {self.target}
        denied = [e for e in edges if e.support == 0 and e.cause in ahead and e.effect in behind]
        reached = sorted({n for key in keys if key in graph for n in nx.descendants(graph, key)})
        leading = sorted(nx.ancestors(graph, self.target)) if self.target in graph else []
        names: dict[str, object] = {"presses": self._pushed(), "target": f"«{self.label}»"}
        names["edges"] = self._edges(denied)
        return self._answer(
            "no-path", 0,
            sentence=say("sentence", "no-path-denied" if denied else "no-path", **names), why=say("why", "nothing"),
            assumptions=(say("assumption", "not-forecast"), say("assumption", "denied")),
            denied=tuple(self._step_of(edge, 0.0, 0.0) for edge in denied),
            reached=tuple(self.labels.get(n, n) for n in reached[:8]),
            leading=tuple(self.labels.get(n, n) for n in leading[:8]),
        )  # fmt: skip

    # --- signs decide

    def certain(self, part: Part, signs: SignAnswer, sign: Literal[-1, 1]) -> WhatIf:
        """The same direction in every stable weighting; no number."""
        paths = self._paths(part, signs)
        return self._answer(
            "certain", sign,
            sentence=say("sentence", f"certain-{_up(sign)}", target=f"«{self.label}»"),
            why=say("why", "paths-agree", paths=len(signs.paths)),
            assumptions=(
                *self._general(part), say("assumption", "every-share"), *self._special(part, signs, paths),
            ),
            paths=paths, path_count=len(signs.paths), steps=tuple(map(self._step, part.links)),
        )  # fmt: skip

    # --- sampling

    def sampled(self, part: Part, signs: SignAnswer, pushes: dict[str, Any], draws: int) -> WhatIf:
        """The range of shares over all priors and dampings, with a verdict."""
        from marsad.assembly.whatif.sampling import DAMPINGS, LARGE, PRIORS, Sampler

        sampler = Sampler(part, pushes, self.target)
        each = max(1, -(-draws // (len(PRIORS) * len(DAMPINGS))))
        if sampler.largest > LARGE:
            affordable = int(_WORK / sampler.largest**3 / (len(PRIORS) * len(DAMPINGS)))
            each = min(each, max(40, affordable))
        sampler.draw(each, self.seed)
        shares = [sampler.run(prior, damping, self.seed) for prior in PRIORS for damping in DAMPINGS]
        least = min(HARDLY_ARRIVES, max(10, each // 30))
        settings = tuple(
            Setting(
                prior=s.prior, damping=s.damping, draws=s.draws,
                stable=round(s.stable / s.draws, 3) if s.draws else 0.0,
                rises=round(s.rises / s.moved, 3) if s.moved >= least else None,
            )
            for s in shares
        )  # fmt: skip
        stable = Range(low=min(s.stable for s in settings), high=max(s.stable for s in settings))
        given = [s.rises for s in settings if s.rises is not None]
        rises = Range(low=min(given), high=max(given)) if given else None
        settled = sum(s.stable for s in shares) / max(1, sum(s.draws for s in shares))
        every_prior = {s.prior for s in settings if s.rises is not None} == set(PRIORS)
        verdict, direction = _verdict(rises if every_prior else None, settled)
        paths = self._paths(part, signs)
        return self._answer(
            verdict, direction,
            sentence=self._sampled_sentence(verdict, direction, rises, settled, sampler.arriving),
            why=self._why(signs),
            assumptions=(
                *self._general(part),
                say("assumption", "inclusion", reliability=self.reliability),
                say("assumption", "priors", priors=len(PRIORS), draws=f"{len(sampler.signs):,}"),
                say("assumption", "arrives", arrives=_small(sampler.arriving)),
                *self._special(part, signs, paths),
            ),
            rises=rises, stable=stable, settled=round(settled, 3), arrives=round(sampler.arriving, 4),
            settings=settings,
            deciding=self._deciding(part, shares, least),
            paths=paths, path_count=len(signs.paths), paths_complete=signs.complete,
            steps=tuple(map(self._step, part.links)), draws=sum(s.draws for s in settings),
        )  # fmt: skip

    def _sampled_sentence(
        self, verdict: Verdict, direction: int, rises: Range | None, settled: float, arrives: float
    ) -> Words:
        names: dict[str, object] = {"target": f"«{self.label}»", "stable": percent(settled), "arrives": _small(arrives)}
        if verdict == "no-verdict" or rises is None:
            unstable = arrives >= _HARDLY and settled < HARDLY_STABLE
            return say("sentence", "no-verdict" if unstable else "hardly-arrives", **names)
        low, high = (rises.low, rises.high) if direction >= 0 else (1 - rises.high, 1 - rises.low)
        code = verdict if verdict == "ambiguous" else f"{verdict}-{_up(direction)}"
        return say("sentence", code, low=percent(low), high=percent(high), **names)

    def _why(self, signs: SignAnswer) -> Words:
        if signs.why == "contested":
            return say("why", "contested", edge=self._edge(*signs.where))
        if signs.why == "disagree":
            up, down = (sum(p.sign == s for p in signs.paths) for s in (1, -1))
            more = "" if signs.complete else "+"
            return say("why", "disagree", up=f"{up}{more}", down=f"{down}{more}")
        if signs.why == "loop":
            return say("why", "loop", loop=self._loop(signs.where))
        return say("why", signs.why)

    def _deciding(self, part: Part, shares: Sequence[Any], least: int) -> tuple[Deciding, ...]:
        """Edges by how much the share that rises differs between weightings where they are strong and weak; the mean
        over the settings in which both groups are large enough."""
        found = []
        for k, link in enumerate(part.links):
            pairs = [
                (s.strong[k, 1] / s.strong[k, 0], s.weak[k, 1] / s.weak[k, 0])
                for s in shares
                if min(s.strong[k, 0], s.weak[k, 0]) >= least
            ]
            if not pairs:
                continue
            strong = sum(pair[0] for pair in pairs) / len(pairs)
            weak = sum(pair[1] for pair in pairs) / len(pairs)
            if abs(strong - weak) >= _DECIDES:
                found.append(
                    Deciding(
                        cause=link.cause, effect=link.effect, cause_label=self.labels.get(link.cause, link.cause),
                        effect_label=self.labels.get(link.effect, link.effect), strong=round(float(strong), 3),
                        weak=round(float(weak), 3), difference=round(float(strong - weak), 3),
                        analyst=_added(link.edge),
                    )
                )  # fmt: skip
        found.sort(key=lambda d: (-abs(d.difference), d.cause, d.effect))
        return tuple(found[:_SHOWN_DECIDING])

    # --- what all answers have

    def _general(self, part: Part) -> tuple[Words, ...]:
        return (
            say("assumption", "not-forecast"),
            say(
                "assumption", "part", edges=len(part.links), concepts=len(part.concepts), view=self.map.view
            ),
            say("assumption", "equilibrium"),
        )  # fmt: skip

    def _special(self, part: Part, signs: SignAnswer, paths: tuple[AnswerPath, ...]) -> tuple[Words, ...]:
        out = [say("assumption", "denied")]
        if paths:
            best = max(paths, key=lambda path: prod(step.inclusion for step in path.steps)).steps
            single = sum(step.support + step.against == 1 and not step.analyst for step in best)
            out.append(say("assumption", "chain", length=len(best), single=single))
        claimed = [path for path in paths if not path.analyst]
        holders = sorted({holder for path in claimed if path.thread for holder in path.holders})
        if holders:
            out.append(say("assumption", "thread", holders="، ".join(holders[:5])))
        else:
            out.append(say("assumption", "stitched" if claimed else "by-analyst"))
        for code, links in (
            ("contested", [x for x in part.links if x.edge.against]),
            ("disputed", [x for x in part.links if x.edge.denied]),
            ("analyst", [x for x in part.links if _added(x.edge)]),
            ("purpose", [x for x in part.links if x.edge.modality != "asserted" and not _added(x.edge)]),
        ):
            if links:
                out.append(say("assumption", code, edges=self._edges(links)))
        return tuple(out)

    def _step(self, link: Link) -> Step:
        return self._step_of(link.edge, round(link.inclusion, 4), round(link.positive, 4))

    def _step_of(self, edge: Edge, inclusion: float, positive: float) -> Step:
        return Step(
            cause=edge.cause, effect=edge.effect, cause_label=self.labels.get(edge.cause, edge.cause),
            effect_label=self.labels.get(edge.effect, edge.effect), sign=edge.sign, inclusion=inclusion,
            positive=positive, support=edge.support, against=edge.against, denied=edge.denied, conceded=edge.conceded,
            contested=edge.contested, modality=edge.modality, analyst=_added(edge), claims=edge.claims,
        )  # fmt: skip

    def _paths(self, part: Part, signs: SignAnswer) -> tuple[AnswerPath, ...]:
        """The shortest paths, of either sign where there are both."""
        chosen = list(signs.paths[:_SHOWN_PATHS])
        for sign in (1, -1):
            if all(path.sign != sign for path in chosen):
                chosen += [path for path in signs.paths if path.sign == sign][:5]
        out = []
        for path in chosen:
            links = [part.graph[a][b]["link"] for a, b in pairwise(path.concepts)]
            claimed = [holders_of(link.edge) for link in links if not _added(link.edge)]
            holders = frozenset.intersection(*claimed) if claimed else frozenset()
            analyst = any(_added(link.edge) for link in links)
            out.append(
                AnswerPath(
                    concepts=path.concepts, labels=tuple(self.labels.get(c, c) for c in path.concepts), sign=path.sign,
                    thread=bool(holders) and not analyst, holders=tuple(sorted(holders)), analyst=analyst,
                    steps=tuple(map(self._step, links)),
                )
            )  # fmt: skip
        return tuple(out)


def _verdict(rises: Range | None, settled: float) -> tuple[Verdict, Literal[-1, 0, 1]]:
    """`rises` is None where some prior gives no share under either damping."""
    if rises is None or settled < HARDLY_STABLE:
        return "no-verdict", 0
    for least, direction in ((rises.low, 1), (1 - rises.high, -1)):
        if least >= LEANING:
            return "robust" if least >= ROBUST else "leaning", 1 if direction > 0 else -1
    return "ambiguous", 0


def _up(direction: int) -> str:
    return "up" if direction > 0 else "down"


def _small(share: float) -> str:
    """Per cent, with digits for what is near nothing."""
    return percent(share) if share >= 0.01 or share == 0 else f"{100 * share:.2f}%"
