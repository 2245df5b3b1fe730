"""Articles as lines of JSON: `{"id", "text", "title"?, "date"?, "outlet"?, "url"?}`; other keys are ignored."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from marsad.errors import InputError
from marsad.records import Article

_GZIP = b"\x1f\x8b"
_LONE = re.compile(r"[\ud800-\udfff]")


class _Line(msgspec.Struct):
    id: str | int
    text: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None


_decoder = msgspec.json.Decoder(_Line)


def parse_line(line: bytes) -> Article:
    """The article that a line holds.  Raises InputError saying what is wrong with the line."""
    try:
        found = _decoder.decode(line)
    except msgspec.ValidationError as error:
        raise InputError(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        found = _with_lone_surrogates(line, error)
    return Article(
        text=found.text,
        id=str(found.id),
        title=found.title,
        date=found.date,
        outlet=found.outlet,
        url=found.url,
    )


def _with_lone_surrogates(line: bytes, error: Exception) -> _Line:
    r"""JSON may hold half a surrogate pair («\ud83d»), which msgspec refuses: read it the slow way."""
    try:
        value: Any = json.loads(line)
        found = msgspec.convert(value, _Line)
    except UnicodeDecodeError:
        raise InputError("not valid UTF-8") from None
    except RecursionError:
        raise InputError("JSON nested too deeply") from None
    except msgspec.ValidationError as other:
        raise InputError(str(other)) from None
    except ValueError:
        raise InputError(f"not valid JSON ({error})") from None
    for field in ("id", "title", "date", "outlet", "url"):
        text = getattr(found, field)
        if isinstance(text, str):
            setattr(found, field, _LONE.sub("\ufffd", text))
    return found


class LineFile:
    """The lines of a file, plain or gzip, with their numbers; knows how far it is for a progress bar.

    Lines longer than `max_bytes` come as None.  Raises InputError where the file cannot be opened or is damaged.
    """

    def __init__(self, source: str, max_bytes: int, stdin: IO[bytes] | None = None) -> None:
        self._source, self._max = source, max_bytes
        try:
            self._raw: IO[bytes] = stdin if stdin is not None else Path(source).open("rb")  # noqa: SIM115 - closed with the program
            self.size = 0 if stdin is not None else Path(source).stat().st_size
            peek = getattr(self._raw, "peek", None)
            packed = peek is not None and peek(2)[:2] == _GZIP
        except FileNotFoundError:
            raise InputError(f"{source}: no such file") from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise InputError(f"{source}: cannot be opened ({reason})") from None
        self._file: IO[bytes] = gzip.open(self._raw) if packed else self._raw  # type: ignore[assignment]  # noqa: SIM115

    def position(self) -> int:
        """Bytes of the file taken in so far (packed bytes for gzip); 0 for standard input."""
        return self._raw.tell() if self.size else 0

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        """(line number from 1, the line without its end, or None where it is too long); blank lines are skipped."""
        number = 0
        try:
            while line := self._file.readline(self._max + 1):
                number += 1
                if len(line) > self._max and not line.endswith(b"\n"):
                    self._skip_rest()
                    yield number, None
                elif line.strip():
                    yield number, line
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(f"{self._source}: damaged after line {number} ({error})") from None

    def _skip_rest(self) -> None:
        while (piece := self._file.readline(1 << 20)) and not piece.endswith(b"\n"):
            pass
