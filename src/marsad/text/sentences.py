"""Sentences, headings and datelines.

A sentence ends at a line end, at . ! ؟ ? … and the marks that close after it, but not at a stop inside a number or
address (those are one token), after a single letter or a title's abbreviation («د.», «أ. ب.»), nor before a mark that
goes on («،»).  Quotation marks do not hold a sentence together: a quote may hold several.
"""

from __future__ import annotations

from marsad.text.document import Sentence, Token

_STOPS = frozenset(".!؟?…")
_CLOSERS = frozenset("\"'”’»›)]}")
_GO_ON = frozenset("،,؛;:")
_DASHES = frozenset("-–—ـ")
_ABBREVIATIONS = frozenset(
    [
        "د",
        "ا",
        "م",
        "ص",
        "ت",
        "ج",
        "س",
        "ق",
        "ه",
        "ب",
        "ش",
        "ف",
        "و",
        "مم",
        "كم",
        "كلم",
        "سم",
        "كغ",
        "ام",
        "بي",
        "سي",
        "dr",
        "mr",
        "st",
    ]
)
_HEADING_WORDS = 14
_DATELINE_TOKENS = 20
_DATELINE_WORDS = 4
_DATELINE_MOST = 8


def _is_stop(form: str) -> bool:
    return form[0] in _STOPS and (len(form) == 1 or set(form) <= _STOPS)


def split_sentences(text: str, tokens: list[Token]) -> list[Sentence]:
    """The sentences of the text in order; sets `sentence` of the tokens."""
    sentences: list[Sentence] = []
    paragraph = 0
    first = 0
    count = len(tokens)
    index = 0
    while index < count:
        token = tokens[index]
        last = index + 1
        breaks = 0
        if last < count:
            breaks = text.count("\n", token.end, tokens[last].start)
        if not breaks and _is_stop(token.form) and not _abbreviates(tokens, index):
            end = last
            while end < count and tokens[end].form[0] in _CLOSERS and tokens[end].start - tokens[end - 1].end <= 1:
                if "\n" in text[tokens[end - 1].end : tokens[end].start] or _opens(text, tokens[end]):
                    break
                end += 1
            if end == count or (tokens[end].form[0] not in _GO_ON and not _is_stop(tokens[end].form)):
                breaks = -1
                last = end
                if end < count:
                    newlines = text.count("\n", tokens[end - 1].end, tokens[end].start)
                    breaks = newlines or -1
        if breaks or last >= count:
            sentence = Sentence(len(sentences), tokens[first].start, tokens[last - 1].end, first, last, paragraph)
            for member in tokens[first:last]:
                member.sentence = sentence.index
            sentence.body = _dateline_end(tokens, first, last, sentence.index in (0, 1))
            sentences.append(sentence)
            if breaks > 0:
                paragraph += 1
            first = last
        index = last
    _mark_headings(tokens, sentences)
    return sentences


def _opens(text: str, token: Token) -> bool:
    """Whether a mark that could close stands before a word and after a blank."""
    before = text[token.start - 1 : token.start]
    after = text[token.end : token.end + 1]
    return before.isspace() and bool(after) and not after.isspace()


def _abbreviates(tokens: list[Token], index: int) -> bool:
    """Whether the stop belongs to the word before it."""
    token = tokens[index]
    if token.form != "." or not index:
        return False
    word = tokens[index - 1]
    if word.end != token.start or index + 1 >= len(tokens):
        return False
    following = tokens[index + 1]
    if word.norm in _ABBREVIATIONS and (
        index < 2 or tokens[index - 2].end < word.start or tokens[index - 2].form in '(.«"'
    ):
        return word.norm not in ("م", "ه") or tokens[index - 2].pos != "NUM" if index >= 2 else True
    return following.start == token.end and following.form[0].isalnum() and len(word.form) <= 2


def _dateline_end(tokens: list[Token], first: int, last: int, may: bool) -> int:
    """Index of the first token after a dateline: a few words, maybe an agency in brackets, then a dash.

    An agency in brackets before the dash makes it certain; without one no word may be a verb or carry a conjunction.
    """
    if not may:
        return first
    words = depth = 0
    doubtful = False
    for index in range(first, min(last, first + _DATELINE_TOKENS)):
        token = tokens[index]
        form = token.form
        if form in "([":
            depth += 1
        elif form in ")]":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif form[0] in _DASHES or (form == ":" and index > first and tokens[index - 1].form in ")]"):
            certain = index > first and tokens[index - 1].form in ")]"
            if index + 3 < last and (certain or (0 < words <= _DATELINE_WORDS and not doubtful)):
                while index < last - 1 and tokens[index].form[0] in "-–—ـ:":
                    index += 1
                return index
            if not (token.end < tokens[min(index + 1, last - 1)].start and tokens[index - 1].end < token.start):
                return first
        elif form in "،,/." or token.pos == "PUNCT":
            if form not in "،,/.":
                return first
        else:
            words += 1
            doubtful = doubtful or token.pos in ("VERB", "CONJ", "PART") or "و" in token.proclitics
            if words > _DATELINE_MOST:
                return first
    return first


def _mark_headings(tokens: list[Token], sentences: list[Sentence]) -> None:
    """A heading is a short paragraph of one sentence without a final stop, followed by a longer one."""
    for index, sentence in enumerate(sentences):
        alone = (index == 0 or sentences[index - 1].paragraph != sentence.paragraph) and (
            index + 1 < len(sentences) and sentences[index + 1].paragraph != sentence.paragraph
        )
        final = tokens[sentence.last - 1].form[0]
        sentence.heading = (
            alone and sentence.last - sentence.first <= _HEADING_WORDS and final not in ".!…:؛،," and final not in '»”"'
        )
