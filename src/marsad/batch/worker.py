"""What one process does with a chunk of lines."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from marsad.batch.limits import SECONDS, time_limit
from marsad.errors import InputError, TooLargeError
from marsad.ingest.checks import MAX_CHARS, check_article
from marsad.ingest.lines import parse_line


class Limits(NamedTuple):
    """Bounds for one article: characters of its text, seconds of reading."""

    max_chars: int = MAX_CHARS
    seconds: float = SECONDS


class Outcome(NamedTuple):
    """What became of a line: the reading as JSON, or the error."""

    line: int
    json: bytes | None
    error: str | None = None


Chunk = list[tuple[int, bytes | None]]
"""Line numbers and lines; None for a line that was too long to take in."""

_encoder = msgspec.json.Encoder()


def read_chunk(chunk: Chunk, limits: Limits, hard: bool = False) -> list[Outcome]:
    """Read every line of the chunk; never raises on account of a line."""
    return [_read_line(number, line, limits, hard) for number, line in chunk]


def _read_line(number: int, line: bytes | None, limits: Limits, hard: bool) -> Outcome:
    from marsad.reading.pipeline import read

    try:
        if line is None:
            raise TooLargeError("the line is too long")
        with time_limit(limits.seconds, hard=hard):
            article, warnings = check_article(parse_line(line), limits.max_chars)
            reading = read(article)
            if warnings:
                reading = msgspec.structs.replace(reading, warnings=(*warnings, *reading.warnings))
            return Outcome(number, _encoder.encode(reading))
    except InputError as error:
        return Outcome(number, None, str(error))
    except Exception as error:  # a fault of ours must not cost the other articles
        return Outcome(number, None, f"internal error, please report it: {type(error).__name__}: {error}")
