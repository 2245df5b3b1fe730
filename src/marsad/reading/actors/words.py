"""What the actor lexicon knows about one written word: where names and heads may start, and how name-like it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from marsad.lexicon.actors import ActorLexicon, Adjective, Entry, HeadForm, Node, actor_lexicon
from marsad.text import morphology
from marsad.text.document import Token
from marsad.text.normalise import fold_with_map

_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك")
_PRONOUNS = ("هما", "هم", "ها", "هن", "نا", "كم", "ه")
OPENING, CLOSE = frozenset('«"“([‘'), frozenset('»"”)]’')
NO, WEAK, LIKELY, SURE = 0, 1, 2, 3
"""How name-like a word is: a common word; a noun that may be a name; no known word; a listed name."""


@dataclass(frozen=True, slots=True)
class Start:
    """A way into the word trie: the first word without `skip` folded letters of proclitics, and its node."""

    proclitics: str
    skip: int
    node: Node
    enclitic: str = ""


@dataclass(frozen=True, slots=True)
class WordInfo:
    """All that is asked of one form; cached."""

    starts: tuple[Start, ...]
    given: str
    """Gender of the given name that the word is without و, ف, ب, ل, ك; "s" for a listed surname; else ""."""
    given_skip: int
    name: int
    """NO, WEAK, LIKELY or SURE."""
    stop: bool
    """A function or time word: ends every phrase."""
    definite: bool = False
    """What is left without «ال» is a known word."""
    determiner: str = ""
    """A quantifier or demonstrative that may stand before a head («بعض», «هذه»), or "NUM"."""
    determiner_clitic: str = ""
    rests: tuple[tuple[str, int, str], ...] = ()
    """(proclitics, letters skipped, rest) of each way to take proclitics off."""
    rest_words: frozenset[str] = frozenset()
    """The rests alone, for a quick look."""


def strip_proclitics(norm: str) -> list[tuple[str, int, str]]:
    """(proclitics, letters skipped, rest) of each way to take proclitics off."""
    out: list[tuple[str, int, str]] = []
    for clitics in _PROCLITICS:
        if not norm.startswith(clitics):
            continue
        rest = norm[len(clitics) :]
        if clitics.endswith("ل") and rest.startswith("ل") and len(rest) > 3:
            out.append((clitics, len(clitics), "ال" + rest[1:]))
        if len(rest) > 1:
            out.append((clitics, len(clitics), rest))
    return out


def _enclitic_starts(norm: str, lexicon: ActorLexicon) -> list[Start]:
    if norm in lexicon.words["modifier"] or (norm.endswith("يه") and morphology.noun_lemma(norm) is not None):
        return []
    for pronoun in _PRONOUNS:
        if not norm.endswith(pronoun) or len(norm) - len(pronoun) < 3:
            continue
        for clitics, skip, rest in strip_proclitics(norm[: -len(pronoun)]):
            if rest.startswith("ال"):
                continue
            candidates = [rest]
            if rest.endswith("ت"):
                candidates.insert(0, rest[:-1] + "ه")
            if rest.endswith(("ي", "و")):
                candidates.append(rest[:-1] + "ء")
            for word in candidates:
                node = lexicon.root.next.get(word)
                if node is not None and any(isinstance(item, HeadForm) for item in node.items):
                    return [Start(clitics, skip, node, pronoun)]
    return []


def _name_likeness(norm: str, lexicon: ActorLexicon) -> int:
    """How name-like the whole word is."""
    if norm in lexicon.given:
        return SURE
    if (
        norm in lexicon.words["function"]
        or norm in lexicon.words["time"]
        or norm in lexicon.words["modifier"]
    ):
        return NO
    word = norm[2:] if norm.startswith("ال") and len(norm) > 4 else norm
    frequency = morphology.frequency(norm)
    if morphology.is_verb_form(word) and word == norm:
        return NO if frequency >= 3.0 else WEAK
    for whole in {word, norm}:
        if morphology.noun_lemma(whole) is not None or morphology.derivations(whole):
            return WEAK if frequency < 3.0 else NO
    for ending in ("تين", "تان", "ات", "ين", "ون", "ان", "ا"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= 3 and _common_noun(base, ending):
            return NO
    return LIKELY


def _common_noun(base: str, ending: str) -> bool:
    bases = (base, base + "ه") if ending in ("ات", "تين", "تان") else (base,)
    least = 2.0 if ending == "ا" else 3.3
    return any(
        morphology.frequency(word) >= least
        and (morphology.noun_lemma(word) is not None or bool(morphology.derivations(word)))
        for word in bases
    )


@lru_cache(maxsize=40_000)
def word_info(norm: str, marbuta: bool = False) -> WordInfo:
    """The lexicon's knowledge of a folded word; `marbuta`: it is written with ة, so that its last letter is no «ه»."""
    lexicon = actor_lexicon()
    starts: list[Start] = []
    given, given_skip = "", 0
    rests = tuple(strip_proclitics(norm))
    for clitics, skip, rest in rests:
        node = lexicon.root.next.get(rest)
        if node is not None:
            starts.append(Start(clitics, skip, node))
        if not given and rest in lexicon.given and (len(clitics) < 2 or len(rest) > 3):
            given, given_skip = lexicon.given[rest], skip
    if not starts:
        starts = [] if marbuta else _enclitic_starts(norm, lexicon)
    elif not marbuta and norm.endswith("ه") and any(isinstance(item, HeadForm) for item in starts[0].node.items):
        owned = [start for start in _enclitic_starts(norm, lexicon) if start.enclitic == "ه"]
        starts = owned or starts
    stop = norm in lexicon.words["function"] or norm in lexicon.words["time"]
    definite = norm.startswith("ال") and morphology.frequency(norm[2:]) >= 2.5
    determiners = lexicon.words["determiner"]
    determiner, clitic = "", ""
    for clitics, _, rest in rests:
        if rest in determiners:
            determiner, clitic = rest, clitics
            break
    return WordInfo(
        tuple(starts), given, given_skip, _name_likeness(norm, lexicon), stop, definite, determiner, clitic,
        rests, frozenset(rest for _, _, rest in rests),
    )  # fmt: skip


class Words:
    """The tokens of a document seen through the lexicon; the phrase grammar reads from here."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.infos = [
            word_info(token.norm, "ة" in token.form) if token.pos not in ("PUNCT", "NUM") else _BY_POS[token.pos]
            for token in tokens
        ]
        self.definite = [
            token.definite or (info.definite and not token.proclitics)
            for token, info in zip(tokens, self.infos, strict=True)
        ]
        """Whether the word has the article, by the text layer or by what is left without «ال»."""
        self.lexicon = actor_lexicon()
        self.size = len(tokens)

    def longest(self, index: int, start: Start) -> tuple[int, list[Entry | HeadForm | Adjective]]:
        """(end, items) of the longest name or head that begins at `index`; quotation marks inside are passed over."""
        node, at, opened = start.node, index + 1, 0
        best: tuple[int, list[Entry | HeadForm | Adjective]] = (at, node.items) if node.items else (0, [])
        marks = self.lexicon.words["marks"]
        while at < self.size and node.next:
            if self.tokens[at].norm in marks and at + 1 < self.size:
                following = node.next.get(self.tokens[at + 1].norm)
                if following is None:
                    break
                opened += 1 if self.tokens[at].norm in OPENING else -1
                node, at = following, at + 2
            else:
                following = node.next.get(self.tokens[at].norm)
                if following is None:
                    break
                node, at = following, at + 1
            if node.items:
                best = (at, node.items)
                if opened > 0 and at < self.size and self.tokens[at].norm in CLOSE:
                    best = (at + 1, node.items)
        return best

    def offset(self, index: int, skip: int) -> int:
        """Offset in the text of the word's letter number `skip` (marks and tatweel are not counted)."""
        token = self.tokens[index]
        if not skip:
            return token.start
        return token.start + fold_with_map(token.form).starts[skip]


_NOTHING = WordInfo((), "", 0, NO, True)
_NUMBER = WordInfo((), "", 0, NO, True, determiner="NUM")
_BY_POS = {"PUNCT": _NOTHING, "NUM": _NUMBER}
