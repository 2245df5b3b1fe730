"""The text layer of an article: `analyse(text)` gives tokens, quotes and sentences over the untouched text.

>>> document = analyse("وقال الوزير إن «الاتفاق مهم».")
>>> [token.form for token in document.tokens][:3]
['وقال', 'الوزير', 'إن']
>>> "v:قال" in document.tokens[0].keys, document.tokens[0].proclitics
(True, ('و',))
>>> [document.text[quote.inner_start:quote.inner_end] for quote in document.quotes]
['الاتفاق مهم']
"""

from __future__ import annotations

import re
from functools import lru_cache

from marsad.text.document import Document, Pos, Token
from marsad.text.normalise import CONTROLS, DIACRITICS, fold
from marsad.text.quotes import quotes_over
from marsad.text.sentences import split_sentences
from marsad.text.tagging import tag
from marsad.text.words import Word, analyse_word

_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f"
    "\ufb50-\ufdfd\ufe70-\ufefc"
)
_INSIDE = DIACRITICS + CONTROLS + "\u0640"
_TOKEN = re.compile(
    rf"(?P<word>[{_LETTERS}](?:[{_INSIDE}]*[{_LETTERS}])*[{DIACRITICS}\u0640]*)"
    r"|(?P<address>(?:https?://|www\.)[^\s«»\"<>]+|[\w.+-]+@[\w-]+\.[\w.-]+)"
    r"|(?P<number>[0-9\u0660-\u0669\u06f0-\u06f9]+(?:[.,\u066b\u066c][0-9\u0660-\u0669\u06f0-\u06f9]+)*)"
    r"|(?P<latin>[^\W\d_\u0600-\u06ff]+(?:['’.&-][^\W\d_\u0600-\u06ff]+)*)"
    rf"|(?P<mark>\.{{2,}}|…+|''|``|\u0640+|[^\s{CONTROLS}{DIACRITICS}])"
)
_NO_KEYS: frozenset[str] = frozenset()
_LONGEST_WORD = 40
"""Longer runs of letters are no words and are not analysed."""


@lru_cache(maxsize=50_000)
def _other(kind: str, form: str) -> tuple[str, Pos, frozenset[str]]:
    norm = fold(form) or form
    pos: Pos = {"number": "NUM", "latin": "LATIN", "address": "LATIN"}.get(kind, "PUNCT")  # type: ignore[assignment]
    return norm, pos, frozenset((norm, "NUM")) if pos == "NUM" else frozenset((norm,))


def _word_token(index: int, start: int, end: int, form: str, word: Word) -> Token:
    verb = word.verbs[0] if word.pos == "VERB" and word.verbs else None
    return Token(
        index, start, end, form, word.norm, word.stem, start + word.stem_start, start + word.stem_end,
        word.proclitics, word.definite, word.enclitic, word.pos, word.lemma,
        verb.tense if verb else "", verb.voice if verb else "", verb.person if verb else "",
        verb.gender if verb else "", verb.number if verb else "", word.keys,
    )  # fmt: skip


def tokenise(text: str) -> list[Token]:
    """Words, numbers and marks of the text, in order, with clitics, candidate readings and keys."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        start, end = match.span()
        form = match.group()
        if kind == "word" and end - start <= _LONGEST_WORD:
            tokens.append(_word_token(len(tokens), start, end, form, analyse_word(form)))
            continue
        if kind == "word":
            norm, pos, keys = fold(form) or form, "X", _NO_KEYS
        else:
            norm, pos, keys = _other(kind, form) if end - start <= 200 else (fold(form) or form, "X", _NO_KEYS)
        tokens.append(
            Token(len(tokens), start, end, form, norm, norm, start, end, pos=pos, lemma=norm, keys=keys)  # type: ignore[arg-type]
        )
    return tokens


def analyse(text: str) -> Document:
    """The text layer of `text`.  Never fails, whatever the characters; linear time."""
    tokens = tokenise(text)
    document = Document(text, tokens)
    document.quotes = quotes_over(text, tokens)
    document.sentences = split_sentences(text, tokens)
    tag(tokens, document.sentences)
    return document


def mark_name(tokens: list[Token], whole: bool = False) -> None:
    """Mark tokens as parts of a name: no verb or noun reading is left; the pattern keys are stem and word.

    The first token keeps its conjunction and preposition («وسيرغي», «لبكين») unless `whole` says that they are
    letters of the name («بايدن»); inside a name nothing is a clitic except the article.
    """
    for index, token in enumerate(tokens):
        token.pos = "NAME"
        if (whole or index) and not token.definite and (token.proclitics or token.enclitic):
            token.stem, token.stem_start, token.stem_end = token.norm, token.start, token.end
            token.proclitics, token.enclitic = (), ""
        token.lemma = token.stem
        token.tense = token.voice = token.person = token.gender = token.number = ""
        token.keys = frozenset((token.stem, token.norm, *(key for key in token.keys if key[1:2] != ":")))
