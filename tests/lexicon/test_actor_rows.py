"""Every row of the actor data: its frame must match, its counter-frame must not; damaged files are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale

from marsad.errors import DataError
from marsad.lexicon import actors as lexicon
from marsad.lexicon.actors import Entry, Node, actor_lexicon, rows, split, words_of
from marsad.reading.actors.find import ActorLayer, find_actors
from marsad.text.analyse import analyse

FRAMES = {name: (frame, counter) for _, (name, frame, counter) in rows("frames.tsv", 3)}


def read(text: str) -> ActorLayer:
    return find_actors(analyse(text))


def named(file: str, column: int, columns: int) -> Iterator[tuple[str, str, str]]:
    """(name, code, weak mark) of each name of a file."""
    for _, cells in rows(file, columns):
        for name in split(cells[column]):
            weak = name.endswith("*") or name.startswith("(")
            yield name.strip("*()") if weak else name, cells[0], "*" if weak else ""


def check(frame: str, counter: str, name: str, code: str) -> list[str]:
    """What is wrong with one name in its frames."""
    wrong = []
    text = frame.replace("{}", name)
    start = text.index(name)
    if not any(
        code in layer.codes(mention) or code in mention.targets
        for layer in [read(text)]
        for mention in layer.mentions
        if mention.start <= start and mention.end >= start + len(name)
    ):
        wrong.append(f"{name}: not {code} in «{text}»")
    text = counter.replace("{}", name)
    layer, start = read(text), text.index(name)
    end = start + len(name)
    if name[-1].isalpha() and any((mention.start, mention.end) == (start, end) for mention in layer.mentions):
        wrong.append(f"{name}: found in «{text}»")
    return wrong


@pytest.mark.parametrize(
    ("frame", "file", "column", "columns"),
    [
        ("states.tsv names", "states.tsv", 1, 5),
        ("bodies.tsv", "bodies.tsv", 4, 5),
        ("groups.tsv", "groups.tsv", 5, 6),
        ("seats.tsv", "seats.tsv", 4, 5),
    ],
)
def test_names_of_rows(frame: str, file: str, column: int, columns: int) -> None:
    example, counter = FRAMES[frame]
    wrong = []
    for name, code, weak in named(file, column, columns):
        if not weak and not name.startswith(("(", "ما يسمى")):
            wrong += check(example, counter, name, code)
    assert wrong == []


def test_adjectives_of_states() -> None:
    example, counter = FRAMES["states.tsv adjectives"]
    wrong = []
    for _, (code, _, adjectives, _, _) in rows("states.tsv", 5):
        for adjective in split(adjectives):
            name = " ال".join(adjective.strip("*").split())
            wrong += check(example, counter, name, code)
    assert wrong == []


def test_capitals_stand_for_their_state() -> None:
    for _, (code, _, _, _, capitals) in rows("states.tsv", 5):
        for capital in split(capitals):
            plain = capital.strip("*")
            layer = read(f"أعلنت {plain} أمس أنها باقية")
            assert any(m.kind == "capital" and m.codes == (code,) for m in layer.mentions), plain


def test_places_and_outlets() -> None:
    wrong = []
    for _, (names, country, kind, _, _) in rows("places.tsv", 5):
        name = split(names)[0]
        if kind == "capital":
            assert country in actor_lexicon().states
            continue
        if name.endswith("*"):
            layer = read(f"وقع ذلك في مدينة {name[:-1]} أمس")
        else:
            layer = read(FRAMES["places.tsv"][0].replace("{}", name))
        if not any(country in layer.codes(mention) for mention in layer.mentions):
            wrong.append(f"{name}: {country}")
    for _, (name, _, _, _, _) in rows("outlets.tsv", 5):
        layer = read(FRAMES["outlets.tsv"][0].replace("{}", name))
        if not any(mention.kind == "outlet" for mention in layer.mentions):
            wrong.append(name)
    assert wrong == []


def test_heads_with_a_nationality() -> None:
    example, counter = FRAMES["heads.tsv"]
    kinds = ("office", "expert", "unnamed", "body", "people")
    wrong = []
    for _, (lemma, kind, gender, _, _, _, flags) in rows("heads.tsv", 7):
        odd = gender == "f" or " " in lemma or lemma.startswith("ال")
        if kind not in kinds or set(split(flags)) & {"kin", "cue"} or odd:
            continue
        name = "ال" + lemma
        text = example.replace("{}", name)
        layer = read(text)
        found = [m for m in layer.mentions if m.start <= text.index(name) < m.end]
        if not found or "FIN" not in layer.codes(found[0]):
            wrong.append(text)
        text = counter.replace("{}", name)
        if any(m.start == text.index(name) and m.lemma == lemma for m in read(text).mentions):
            wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize(("trap", "sentence", "words", "expected"), [cells for _, cells in rows("traps.tsv", 4)])
def test_trap(trap: str, sentence: str, words: str, expected: str) -> None:
    layer = read(sentence)
    start = sentence.index(words)
    touching = [m for m in layer.mentions if m.start < start + len(words) and m.end > start]
    if expected == "-":
        assert [sentence[m.start : m.end] for m in touching] == []
    elif expected.startswith("-"):
        assert all(expected[1:] not in layer.codes(m) for m in touching)
    else:
        assert [(m.start, m.end) for m in touching] == [(start, start + len(words))]
        if expected.isupper():
            assert layer.codes(touching[0]) == tuple(expected.split(","))
        else:
            assert expected in (touching[0].kind, layer.speaker_kind(layer.entity(touching[0])))


NO_STATES = frozenset("XA XB ZZ EU EZ UN QO AC TA IC EA DG CP".split())  # noqa: SIM905
"""Two-letter codes of the locale data that are no ISO 3166 states or territories."""


def test_every_iso_state_under_its_locale_name() -> None:
    names = {code: name for code, name in Locale("ar").territories.items() if len(code) == 2 and code not in NO_STATES}
    assert len(names) >= 249
    missing = []
    for code, name in names.items():
        node = actor_lexicon().root
        for word in words_of(name):
            node = node.next.get(word, Node())
        if not any(isinstance(item, Entry) and item.kind in ("state", "capital") for item in node.items):
            missing.append(f"{code} {name}")
    assert missing == []


def test_well_known_people_have_years_in_order() -> None:
    for where, (_, code, _, begin, end, _) in rows("persons.tsv", 6):
        assert code, where
        assert end == "-" or int(begin) <= int(end), where


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("states.tsv", "FINN\tفنلندا\t\t\t", "alpha-3"),
        ("bodies.tsv", "XX\tclub\tf\tIGO\tنادي الملاحة", "kind «club»"),
        ("groups.tsv", "XX\tx\ts\tREB\t\tحركة النجمة", "gender «x»"),
        ("groups.tsv", "XX\tf\ts\tABC\t\tحركة النجمة", "unknown sector"),
        ("bodies.tsv", "OTHER\tbody\tf\tIGO\tالأمم المتحدة", "already the name"),
        ("heads.tsv", "رئيس\toffice\tm\t\t\tGOV\tgovv", "unknown flags"),
        ("heads.tsv", "رئيس\tofice\tm\t\t\tGOV\t", "unknown kind"),
        ("persons.tsv", "سالم النجار\tFIN\tرئيس\t2010\t2001\t", "not in order"),
        ("places.tsv", "بلدة النجمة\tQQQ\tcity\t\t", "no state"),
        ("places.tsv", "بلدة النجمة\tFIN\tcity\tnorth\t1", "no numbers"),
        ("places.tsv", "بلدة النجمة\tFIN\tcity\t91\t1", "outside the globe"),
        ("outlets.tsv", "النجمة\tpapers\tf\t\t", "type «papers»"),
    ],
)
def test_damaged_row_is_refused(
    file: str, line: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = lexicon.rows

    def damaged(name: str, columns: int) -> Iterator[tuple[str, list[str]]]:
        yield from original(name, columns)
        if name == file:
            cells = line.split("\t")
            yield f"{name}, row 9999", cells + [""] * (columns - len(cells))

    monkeypatch.setattr(lexicon, "rows", damaged)
    with pytest.raises(DataError, match=message) as caught:
        lexicon.actor_lexicon.__wrapped__()
    assert f"{file}, row 9999" in str(caught.value)
