"""`marsad search`: find articles by words and by what they say."""

from __future__ import annotations

from typing import Any

import click

from marsad.cli.common import (
    archive_option,
    filter_options,
    filters_from,
    one_way,
    opened,
    output_options,
    page_note,
    page_options,
    print_csv,
    print_json,
    print_rich,
)


@click.command()
@click.argument("query", nargs=-1, required=True, metavar="WORDS...")
@archive_option
@filter_options(without=("words",))
@click.option("--best", is_flag=True, help="Most relevant first (default: newest first).")
@page_options(10)
@output_options
def command(
    query: tuple[str, ...], archive: str, best: bool, limit: int, offset: int, as_json: bool, as_csv: bool, bom: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Find articles that hold all of WORDS, whatever their spelling, article, clitics or number.

    "A phrase" in quotes stands in a row; OR, NOT (or -word) and parentheses combine.  The filters keep articles that
    hold at least one record of that kind.
    """
    one_way(as_json, as_csv)
    with opened(archive) as store:
        words = " ".join(map(_quoted, query))
        page = store.search(words, filters_from(options), offset, limit, "best" if best else "newest")
    if as_json:
        print_json(page)
    elif as_csv:
        from marsad.export.views import HIT, hit_row

        print_csv(HIT, map(hit_row, page.items), bom)
    else:
        stories: dict[str, list[Any]] = {}
        for hit in page.items:
            stories.setdefault(hit.article.story, []).append(hit)
        for hits in stories.values():
            _print(*hits)
        print_rich(page_note(page, "articles"))


def _quoted(word: str) -> str:
    """The shell has taken the quotes off a phrase; a word with spaces and no mark of its own gets them back."""
    return f'"{word}"' if " " in word.strip() and not set('"()|«“') & set(word) and not _operator(word) else word


def _operator(word: str) -> bool:
    return any(part in ("AND", "OR", "NOT") or part.startswith("-") for part in word.split())


def _print(hit: Any, *copies: Any) -> None:
    """A hit; the others of the page that are the same report follow it in a line."""
    from rich.padding import Padding
    from rich.text import Text

    from marsad.view.bidi import isolated, plain

    article = hit.article
    head = Text(isolated(article.title or article.id), style="bold")
    about = [part for part in (article.date, article.outlet and isolated(article.outlet), article.id) if part]
    head.append(f"  {' · '.join(about)}", style="dim")
    print_rich(head)
    for snippet in hit.snippets:
        line, at = Text(), 0
        for start, end in snippet.hits:
            line.append(_flat(plain(snippet.text[at:start])))
            line.append(f"[{_flat(plain(snippet.text[start:end]))}]", style="bold yellow")
            at = end
        line.append(_flat(plain(snippet.text[at:])))
        print_rich(Padding(line, (0, 0, 0, 2)))
    if copies:
        also = (
            f"{isolated(other.article.outlet or '?')} {other.article.date or ''} {other.article.id}" for other in copies
        )
        print_rich(Padding(Text("the same report: " + " · ".join(also), style="dim"), (0, 0, 0, 2)))


def _flat(text: str) -> str:
    return text.replace("\n", " ")
