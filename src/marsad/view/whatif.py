"""A what-if answer on a terminal."""

from __future__ import annotations

from typing import Any

from marsad.assembly.causal import Claim
from marsad.assembly.whatif.answer import AnswerPath, Step, WhatIf
from marsad.assembly.whatif.words import Words, percent, say
from marsad.view.bidi import isolated
from marsad.view.labels import Language

_STYLE = {"certain": "bold green", "robust": "bold green", "leaning": "bold cyan", "ambiguous": "bold yellow"}
_BAR = 25
_PATHS, _QUOTES = 6, 2


def render(answer: WhatIf, language: Language = "en") -> Any:
    """The answer for rich: sentence, shares, paths with their quotes, deciding effects, assumptions."""
    from rich.console import Group
    from rich.text import Text

    def words(both: Words) -> str:
        return both.ar if language == "ar" else both.en

    def name(code: str, **values: object) -> str:
        return words(say("heading", code, **values))

    verdict = words(say("verdict", answer.verdict))
    parts: list[Any] = [
        Text(_marked(words(answer.sentence)), style=_STYLE.get(answer.verdict, "bold red")),
        Text(f"{verdict} · {_marked(words(answer.why))}"),
    ]
    if answer.settings:
        parts += [Text(), _settings(answer, words, name)]
    if answer.deciding:
        parts.append(_deciding(answer, name))
    if answer.paths:
        shown = _chosen(answer)
        more = "" if answer.paths_complete else "+"
        count = name("shown", shown=len(shown), all=f"{answer.path_count}{more}")
        parts += [Text(), Text(f"{name('paths')} ({count})", style="bold")]
        for path in shown:
            parts += _path(path, name)
    for code, labels in (("reached", answer.reached), ("leading", answer.leading)):
        if answer.verdict == "no-path":
            listed = "، ".join(map(isolated, labels)) or name("nothing")
            parts.append(Text(f"{name(code)}: {listed}"))
    if answer.denied:
        parts += [Text(), Text(name("denied"), style="bold")]
        for step in answer.denied:
            parts += [Text(f"  {isolated(step.cause_label)}"), *_step(step, name)]
    parts += [Text(), Text(name("assumptions"), style="bold")]
    for i, item in enumerate(answer.assumptions):
        text = Text(f"{_marked(words(item))}", style="" if i == 0 else "dim")
        parts.append(_bullet(text))
    return Group(*parts)


def _settings(answer: WhatIf, words: Any, name: Any) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title=name("settings"), title_justify="left", pad_edge=False)
    table.add_column(name("prior"))
    table.add_column(name("damping"))
    table.add_column(f"0 {'·' * (_BAR - 4)} 1", no_wrap=True)
    for column in ("rises", "stable"):
        table.add_column(name(column), justify="right", no_wrap=True)
    for s in answer.settings:
        table.add_row(
            words(say("prior", s.prior)), words(say("damping", s.damping)), _bar(s.rises),
            "–" if s.rises is None else percent(s.rises), percent(s.stable),
        )  # fmt: skip
    return table


def _bar(share: float | None) -> str:
    """A mark on a line from 0 to 1, with the middle shown."""
    line = ["─"] * _BAR
    line[_BAR // 2] = "┼"
    if share is not None:
        line[round(share * (_BAR - 1))] = "●"
    return "".join(line)


def _deciding(answer: WhatIf, name: Any) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title=name("deciding"), title_justify="left", pad_edge=False)
    table.add_column(name("effect"))
    table.add_column(name("strong"), justify="right")
    table.add_column(name("weak"), justify="right")
    for d in answer.deciding:
        mark = f" [{name('added')}]" if d.analyst else ""
        table.add_row(
            f"{isolated(d.cause_label)} → {isolated(d.effect_label)}{mark}", percent(d.strong),
            percent(d.weak),
        )  # fmt: skip
    return table


def _chosen(answer: WhatIf) -> list[AnswerPath]:
    """The shortest paths, with some of either sign."""
    by_sign = [[p for p in answer.paths if p.sign == sign] for sign in (1, -1, 0)]
    each = max(1, _PATHS // max(1, sum(map(bool, by_sign))))
    chosen = [path for paths in by_sign for path in paths[:each]]
    return chosen


def _path(path: AnswerPath, name: Any) -> list[Any]:
    from rich.text import Text

    does = name({1: "raises", -1: "lowers", 0: "either"}[path.sign])
    if path.thread:
        how = name("thread", holders="، ".join(map(isolated, path.holders)))
    else:
        how = name("with-added" if path.analyst else "stitched")
    lines = [Text(f"  {does} · {how}", style="italic"), Text(f"    {isolated(path.labels[0])}")]
    for step in path.steps:
        lines += _step(step, name)
    return lines


def _step(step: Step, name: Any) -> list[Any]:
    from rich.padding import Padding
    from rich.text import Text

    sign = "±" if 0 < step.positive < 1 else "+" if step.sign > 0 else "−"
    mark = f"  ({name('added')})" if step.analyst else ""
    lines: list[Any] = [Text(f"    {sign}→ {isolated(step.effect_label)}{mark}")]
    for claim in step.claims[:_QUOTES]:
        said = Text(f"{isolated('«' + claim.quote + '»')} — {_holder(claim, name)}", style="dim")
        lines.append(Padding(said, (0, 0, 0, 9)))
    return lines


def _holder(claim: Claim, name: Any) -> str:
    who = isolated(claim.claimants[-1]) if claim.claimants else name("writer")
    where = "، ".join(part for part in (claim.outlet, claim.date) if part)
    return f"{who} ({isolated(where)})" if where else who


def _marked(text: str) -> str:
    """Labels between «» set apart, so that each keeps its direction."""
    return text.replace("«", "\u2068«").replace("»", "»\u2069")


def _bullet(text: Any) -> Any:
    """A line that begins with a bullet and hangs together when it is wrapped."""
    from rich.table import Table

    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_row("•", text)
    return row
