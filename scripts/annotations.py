#!/usr/bin/env python3
"""Reference readings from compact notes, so that a person can write them.

usage: annotations.py text NOTES...              print the article with numbered sentences, to annotate from
       annotations.py build NOTES... -o FOLDER   check the notes and write one JSON per article
       annotations.py notes READING.json         print an existing reading as notes

A notes file (`tests/reference/notes/NAME.txt`) is a head, the article's text, and the notes, parted by lines of `---`:

    title: ...
    date: 2024-05-31
    outlet: ...
    ---
    the text, untouched
    ---
    >1
    S|s1|cue|mention|speaker|role|CODE,CODE|kind|content|form|act|parent
    E|trigger|TYPE|SOURCE,SOURCE|TARGET,TARGET|status|statement
    R|A,A|B|dir or mut|domain|1/0/-1|up/down/stable/-|statement|span
    M|cause|effect|1/-1|asserts/denies/concedes|explicit/purpose/implicit|statement

One item a line, fields parted by `|`, `-` for none.  `>N` opens sentence N: words are looked up from there on (cue
and trigger in that sentence only).
Words are exact copies of the text; a long span may be `first words … last words`; `#2` after words takes their second
occurrence; a statement's content may be several spans parted by `;;`; `|neg` after a statement says that its cue
is negated.  Lines that begin with `//` are comments.  What the fields mean is defined in docs/quality.md.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from marsad import records

_SENTENCE_END = re.compile(r"(?<=[^\d\s][.!؟؛])[\"»”)]*\s+|\n+")
_OCCURRENCE = re.compile(r"#(\d+)$")
_GAP = "…"
_CLAIMS = ("asserts", "denies", "concedes")
_TIERS = ("explicit", "purpose", "implicit")
Place = dict[str, int]


class NoteError(ValueError):
    """A line of notes that cannot be understood; the message says why."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Sentences as (start, end) by a rule that never changes, so that notes keep their numbers."""
    found, at = [], 0
    for match in _SENTENCE_END.finditer(text):
        if text[at : match.end()].strip():
            found.append((at, match.end()))
        at = match.end()
    if text[at:].strip():
        found.append((at, len(text)))
    return found


def _none(value: str) -> str | None:
    return None if value in ("", "-") else value


def _codes(value: str) -> list[str]:
    return [code for code in map(str.strip, value.split(",")) if _none(code)]


def _one_of(value: str, allowed: tuple[Any, ...], what: str) -> str:
    if value not in allowed:
        raise NoteError(f"{what} {value!r} is none of {', '.join(map(str, allowed))}")
    return value


@dataclass
class _Parser:
    text: str
    sentences: list[tuple[int, int]] = field(init=False)
    low: int = 0
    high: int = 0
    out: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sentences = sentences(self.text)
        self.high = len(self.text)
        self.out = {layer: [] for layer in ("statements", "events", "relations", "mechanisms")}

    def line(self, line: str) -> None:
        """Take in one line of notes."""
        if line.startswith(">"):
            number = int(line[1:])
            if not 1 <= number <= len(self.sentences):
                raise NoteError(f"there is no sentence {number}")
            self.low, self.high = self.sentences[number - 1]
            return
        kind, *fields = (part.strip() for part in line.split("|"))
        add = {"S": self._statement, "E": self._event, "R": self._relation, "M": self._mechanism}.get(kind)
        if add is None:
            raise NoteError(f"a line begins with S, E, R, M, > or //, not {kind!r}")
        add(fields)

    def find(self, words: str, beyond: bool = True) -> Place | None:
        """Where the words stand from the open sentence on; without `beyond`, only in it."""
        if _none(words) is None:
            return None
        nth = 1
        if match := _OCCURRENCE.search(words):
            nth, words = int(match[1]), words[: match.start()].strip()
        if _GAP in words and words not in self.text:
            first, last = (part.strip() for part in words.split(_GAP, 1))
            head = self.find(f"{first}#{nth}", beyond)
            assert head is not None
            at = self.text.find(last, head["end"])
            if at < 0:
                raise NoteError(f"{last!r} does not follow {first!r}")
            return {"start": head["start"], "end": at + len(last)}
        at = self.low - 1
        for _ in range(nth):
            at = self.text.find(words, at + 1)
            if at < 0 or (at >= self.high and not beyond):
                raise NoteError(f"not {'from' if beyond else 'in'} this sentence: {words!r}")
        return {"start": at, "end": at + len(words)}

    def need(self, words: str, beyond: bool = True) -> Place:
        """As `find`, for words that must be there."""
        found = self.find(words, beyond)
        if found is None:
            raise NoteError("words are missing")
        return found

    def _fields(self, fields: list[str], count: int, extra: int = 0) -> None:
        if not count <= len(fields) <= count + extra:
            raise NoteError(f"{len(fields)} fields where {count} belong")

    def _statement(self, fields: list[str]) -> None:
        self._fields(fields, 11, extra=1)
        name, cue, mention, speaker, role, codes, kind, content, form, act, parent = fields[:11]
        if fields[11:] not in ([], ["neg"]):
            raise NoteError("only «neg» may follow a statement")
        self.out["statements"].append(
            {
                "id": name,
                "cue": self.find(cue, beyond=False),
                "speaker": {
                    "mention": self.find(mention),
                    "name": _none(speaker),
                    "role": _none(role),
                    "affiliation": _codes(codes),
                    "kind": _one_of(kind, get_args(records.SpeakerKind), "kind"),
                },
                "content": [self.need(words.strip()) for words in content.split(";;")],
                "form": _one_of(form, get_args(records.Form), "form"),
                "act": _one_of(act, get_args(records.Act), "act"),
                "negated": len(fields) > 11,
                "parent": _none(parent),
            }
        )

    def _event(self, fields: list[str]) -> None:
        self._fields(fields, 6)
        trigger, kind, sources, targets, status, statement = fields
        self.out["events"].append(
            {
                "id": f"e{len(self.out['events']) + 1}",
                "type": _one_of(kind, get_args(records.EventType), "type"),
                "trigger": self.need(trigger, beyond=False),
                "sources": _codes(sources),
                "targets": _codes(targets),
                "status": _one_of(status, get_args(records.Status), "status"),
                "statement": _none(statement),
            }
        )

    def _relation(self, fields: list[str]) -> None:
        self._fields(fields, 8)
        a, b, direction, domain, polarity, trend, statement, span = fields
        self.out["relations"].append(
            {
                "id": f"r{len(self.out['relations']) + 1}",
                "a": _codes(a),
                "b": _codes(b),
                "directed": _one_of(direction, ("dir", "mut"), "direction") == "dir",
                "domain": _one_of(domain, get_args(records.Domain), "domain"),
                "polarity": int(_one_of(polarity.removeprefix("+"), ("1", "0", "-1"), "polarity")),
                "trend": _none(_one_of(trend, (*get_args(records.Trend), "-"), "trend")),
                "span": self.need(span),
                "statement": _none(statement),
            }
        )

    def _mechanism(self, fields: list[str]) -> None:
        self._fields(fields, 6)
        cause, effect, sign, claim, tier, statement = fields
        self.out["mechanisms"].append(
            {
                "id": f"m{len(self.out['mechanisms']) + 1}",
                "cause": self.need(cause),
                "effect": self.need(effect),
                "sign": int(_one_of(sign.removeprefix("+"), ("1", "-1"), "sign")),
                "claim": _one_of(claim, _CLAIMS, "claim"),
                "tier": _one_of(tier, _TIERS, "tier"),
                "statement": _none(statement),
            }
        )

    def references(self) -> list[str]:
        """References to statements that are not there."""
        ids = [statement["id"] for statement in self.out["statements"]]
        wrong = [f"the statement id {name} occurs twice" for name in {i for i in ids if ids.count(i) > 1}]
        for items, key in ((self.out["statements"], "parent"), *((self.out[layer], "statement") for layer in self.out)):
            for item in items:
                if item.get(key) is not None and item[key] not in ids:
                    wrong.append(f"{item['id']} points at statement {item[key]}, which is not there")
        return sorted(wrong)


def split_notes(path: Path) -> tuple[dict[str, str], str, list[str], int]:
    """(head, text, lines of notes, number of the line before the first of them)."""
    parts = re.split(r"^---\n", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.M)
    if len(parts) != 3:
        raise NoteError(f"{path}: needs head, text and notes, parted by lines of ---")
    head = dict(line.split(": ", 1) for line in parts[0].splitlines() if ": " in line)
    before = parts[0].count("\n") + parts[1].count("\n") + 2
    return head, parts[1].rstrip("\n"), parts[2].splitlines(), before


def build(path: Path) -> tuple[dict[str, Any], list[str]]:
    """The reference reading that a notes file describes, and what is wrong with it."""
    head, text, lines, before = split_notes(path)
    parser = _Parser(text)
    wrong = []
    for number, line in enumerate(lines, before + 1):
        line = line.strip()
        if not line or line.startswith("//"):
            continue
        try:
            parser.line(line)
        except (NoteError, ValueError) as error:
            wrong.append(f"{path}, line {number}: {error}")
    wrong += [f"{path}: {fault}" for fault in parser.references()]
    known = {key: head.get(key) for key in ("title", "outlet", "date")}
    return {"id": head.get("id", path.stem), **known, "text": text, **parser.out}, wrong


def _count(text: str, words: str, start: int, end: int) -> int:
    """How often the words begin in `text[start:end]`, overlapping occurrences included."""
    count, at = 0, text.find(words, start)
    while 0 <= at < end:
        count, at = count + 1, text.find(words, at + 1)
    return count


def as_json(reading: dict[str, Any]) -> str:
    """The form in which reference readings are stored."""
    return json.dumps(reading, ensure_ascii=False, indent=1) + "\n"


def notes(document: dict[str, Any]) -> str:
    """An existing reading as a notes file."""
    text: str = document["text"]
    bounds = sentences(text)
    rows: list[tuple[int, int, str]] = []

    def first(*places: Place | None) -> int:
        """The number of the first sentence that the places touch."""
        at = min(place["start"] for place in places if place)
        return next(n for n, (start, end) in enumerate(bounds, 1) if start <= at < end)

    def words(place: Place | None, low: int) -> str:
        if place is None:
            return "-"
        full = text[place["start"] : place["end"]]
        if "\n" not in full and "|" not in full:
            nth = _count(text, full, bounds[low - 1][0], place["start"]) + 1
            return full + (f"#{nth}" if nth > 1 else "")
        # A span over several lines is given by its ends: as few words as single it out.
        parts = [line.strip() for line in full.split("\n") if line.strip()]
        return f"{parts[0]} {_GAP} {parts[-1]}"

    def codes(values: list[str]) -> str:
        return ",".join(values) or "-"

    for s in document["statements"]:
        who = s["speaker"]
        n = first(s["cue"]) if s["cue"] else first(who["mention"], *s["content"])
        fields = [words(s["cue"], n), words(who["mention"], n), who["name"] or "-", who["role"] or "-"]
        fields += [codes(who["affiliation"]), who["kind"], " ;; ".join(words(c, n) for c in s["content"])]
        fields += [s["form"], s["act"], s["parent"] or "-", *(["neg"] if s["negated"] else [])]
        rows.append((n, 0, "|".join(["S", s["id"], *fields])))
    for e in document["events"]:
        n = first(e["trigger"])
        fields = [words(e["trigger"], n), e["type"], codes(e["sources"]), codes(e["targets"])]
        rows.append((n, 1, "|".join(["E", *fields, e["status"], e["statement"] or "-"])))
    for r in document["relations"]:
        n = first(r["span"])
        fields = [codes(r["a"]), codes(r["b"]), "dir" if r["directed"] else "mut", r["domain"], str(r["polarity"])]
        fields += [r["trend"] or "-", r["statement"] or "-", words(r["span"], n)]
        rows.append((n, 2, "|".join(["R", *fields])))
    for m in document["mechanisms"]:
        n = first(m["cause"], m["effect"])
        fields = [words(m["cause"], n), words(m["effect"], n), str(m["sign"]), m["claim"], m["tier"]]
        rows.append((n, 3, "|".join(["M", *fields, m["statement"] or "-"])))
    head = [f"{key}: {document[key]}" for key in ("id", "title", "date", "outlet") if document.get(key)]
    out = [*head, "---", text, "---"]
    current = 0
    for number, _, row in sorted(rows, key=lambda row: row[:2]):
        if number != current:
            out.append(f">{number}")
            current = number
        out.append(row)
    return "\n".join(out) + "\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("text", "build", "notes"))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("tests/reference"))
    arguments = parser.parse_args()
    faults: list[str] = []
    for path in arguments.files:
        if arguments.what == "notes":
            print(notes(json.loads(path.read_text(encoding="utf-8"))), end="")
        elif arguments.what == "text":
            text = split_notes(path)[1]
            for number, (start, end) in enumerate(sentences(text), 1):
                print(f"[{number}] {text[start:end].strip()}")
        else:
            reading, wrong = build(path)
            faults += wrong
            if not wrong:
                (arguments.output / f"{reading['id']}.json").write_text(as_json(reading), encoding="utf-8")
            counts = ", ".join(f"{len(v)} {k}" for k, v in reading.items() if isinstance(v, list))
            print(f"{path}: {counts}")
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
