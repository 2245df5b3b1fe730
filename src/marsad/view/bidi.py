"""Text of either direction on a line of the other.  For display only: no record ever holds these marks."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_FIRST_STRONG_ISOLATE, _POP = "\u2068", "\u2069"


def plain(text: str) -> str:
    """`text` without direction marks of its own and without control characters, which could reorder or hide
    what stands around it on a screen."""
    return _UNSHOWABLE.sub("\ufffd", _CONTROLS.sub("", text))


def isolated(text: str) -> str:
    """`text` made plain and set apart, so that it keeps its own direction and leaves its neighbours' alone."""
    return f"{_FIRST_STRONG_ISOLATE}{plain(text)}{_POP}"


_ARABIC = re.compile("[\u0600-\u08ff\ufb50-\ufefc]")
_LATIN = re.compile("[A-Za-z]")


def direction(text: str) -> str:
    """rtl or ltr: that of most letters.  The first letter would send «CNN بالعربية» the wrong way."""
    return "rtl" if len(_ARABIC.findall(text)) >= len(_LATIN.findall(text)) else "ltr"
