"""Actors as data: states, bodies, groups, seats, outlets, persons, and the nouns and adjectives that describe actors.

The rows lie in `data/actors/*.tsv`; each file says at its top what its columns mean.  Here they are checked, inflected
(feminine, dual, sound plurals, case endings, article) and laid into one word trie over folded words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from marsad.errors import DataError
from marsad.lexicon.actor_forms import head_forms, nisba_forms
from marsad.text.normalise import fold

ENTRY_KINDS = frozenset("state capital body bloc group seat outlet person place".split())  # noqa: SIM905
HEAD_KINDS = frozenset(
    "office expert honorific unnamed people collective document outlet body group place anaphor".split()  # noqa: SIM905
)

RESISTANCE = fold("المقاومة")
SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC IGO".split()  # noqa: SIM905
)
FLAGS = frozenset(  # what they mean stands at the top of heads.tsv
    (
        "gov", "state", "country", "both", "bare", "definite", "phrase", "adjective", "nisba", "vague", "ministry",
        "own", "society", "common", "rank", "kin", "in", "of", "to", "over", "press", "site", "led", "side", "cue",
        "reports", "source", "official", "recalled", "rest", "rebel", "selfcode", "opposition", "resistance", "party",
        "flow",
    )
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A name that needs no description: a state, capital, body, bloc, group, seat, outlet, person or place.

    `weak` names are words of other uses too; `home` is the state that a group or place belongs to.
    """

    name: str
    kind: str
    codes: tuple[str, ...]
    gender: str = "m"
    number: str = "s"
    sectors: tuple[str, ...] = ()
    weak: bool = False
    home: str = ""
    role: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that heads an actor phrase, by its lemma."""

    lemma: str
    kind: str
    gender: str
    sectors: tuple[str, ...]
    flags: frozenset[str]
    code: str


@dataclass(frozen=True, slots=True)
class HeadForm:
    """One written form of a head."""

    head: Head
    gender: str
    number: str
    definite: bool
    construct: bool


@dataclass(frozen=True, slots=True)
class Adjective:
    """One form of a nationality or affiliation adjective; also a noun («الروس», «الفلسطينيون»)."""

    lemma: str
    code: str
    gender: str
    number: str
    definite: bool
    weak: bool
    noun: bool
    """Only a noun: a broken plural («الأتراك»)."""


Item = Entry | HeadForm | Adjective


@dataclass(slots=True)
class Node:
    """A node of the word trie: the items that end here, and what may follow."""

    items: list[Item] = field(default_factory=list)
    next: dict[str, Node] = field(default_factory=dict)


class ActorLexicon:
    """All rows as one trie of folded words."""

    def __init__(self) -> None:
        self.root = Node()
        self.given: dict[str, str] = {}
        """Given names, folded -> gender."""
        self.states: dict[str, str] = {}
        """Code -> name of every state."""
        self.people: dict[str, Entry] = {}
        """Folded full and short names of well-known office holders."""
        self.heads_of: dict[str, set[str]] = {}
        """Name of an entry -> the folded first words of all its names («حماس» -> حركه, كتائب …)."""
        self.synonyms: dict[str, str] = {}
        """Head noun -> the noun that it is the same as («ناطق» -> «متحدث»), as written and folded."""
        self.points: dict[str, tuple[float | None, float | None]] = {}
        """Folded name of a capital -> latitude and longitude in degrees."""
        self.resistance: dict[str, str] = {}
        """State -> code of the group that is called «المقاومة» there."""
        self.surnames: frozenset[str] = frozenset()
        """Listed surnames, folded."""
        self.words: dict[str, frozenset[str]] = {}
        """Closed word classes of `words.tsv`, folded."""

    def synonym(self, lemma: str) -> str:
        """The lemma that stands for this one."""
        return self.synonyms.get(lemma, lemma)

    def synonym_of_fold(self, word: str) -> str:
        """As `synonym`, for a folded word."""
        return self.synonyms.get(word, word)

    def person(self, name: str) -> Entry | None:
        """The well-known office holder of that name, full or short."""
        return self.people.get(" ".join(words_of(name)))

    def named(self, words: list[str]) -> bool:
        """Whether the words are a whole name in the lexicon already; the first file wins over the place list."""
        node: Node | None = self.root
        for word in words:
            node = node.next.get(word) if node is not None else None
        return node is not None and any(isinstance(item, Entry) and not item.weak for item in node.items)

    def add(self, words: list[str], item: Item, where: str) -> None:
        """Put an item under folded words.  Raises DataError when a different item has them already."""
        node = self.root
        for word in words:
            node = node.next.setdefault(word, Node())
        for other in node.items:
            if isinstance(other, Entry) and isinstance(item, Entry):
                if other.codes == item.codes and other.kind == item.kind:
                    return
                if other.weak or item.weak:
                    continue
                raise DataError(
                    f"{where}: «{' '.join(words)}» is already the name of {'/'.join(other.codes)} ({other.kind}); "
                    "make one of the two weak, or delete it"
                )
            if other == item:
                return
        if isinstance(item, Entry) and not item.weak:
            node.items.insert(0, item)
        else:
            node.items.append(item)


def rows(name: str, columns: int) -> Iterator[tuple[str, list[str]]]:
    """(place, cells) of each row of a data file.  Raises DataError when a row has too few cells."""
    path = files("marsad.lexicon") / "data" / "actors" / name
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > columns:
            raise DataError(f"{name}, row {number}: {len(cells)} cells, {columns} expected")
        yield f"{name}, row {number}", cells + [""] * (columns - len(cells))


def split(cell: str) -> list[str]:
    """Parts of a cell."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def _bare_word(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


_NO_MARKS = str.maketrans(dict.fromkeys('"«»“”()-ـ', " "))


def words_of(name: str) -> list[str]:
    """Folded words of a name, without quotation marks and brackets."""
    return fold(name.translate(_NO_MARKS)).split()


def _weak(name: str) -> tuple[str, bool]:
    if name.startswith("(") and name.endswith(")"):
        return name[1:-1], True
    if name.endswith("*"):
        return name[:-1], True
    return name, False


def _add_adjective(lexicon: ActorLexicon, lemma: str, code: str, weak: bool, where: str) -> None:
    for form, gender, number in nisba_forms(lemma):
        for definite in (False, True):
            written = " ".join("ال" + word for word in form.split()) if definite else form
            lexicon.add(
                words_of(written), Adjective(lemma, code, gender, number, definite, weak, False), where
            )


def _add_plural(lexicon: ActorLexicon, plural: str, code: str, weak: bool, where: str) -> None:
    for definite in (False, True):
        written = "ال" + plural if definite else plural
        lexicon.add(words_of(written), Adjective(plural, code, "m", "p", definite, weak, True), where)


def _spellings(names: list[str]) -> list[str]:
    """The names, and with ج for غ, as Egyptian papers write foreign names."""
    return names + [name.replace("غ", "ج") for name in names if "غ" in name and name.replace("غ", "ج") not in names]


def _load_states(lexicon: ActorLexicon) -> None:
    for where, (code, names, adjectives, plurals, capitals) in rows("states.tsv", 5):
        if len(code) != 3 or not code.isupper():
            raise DataError(f"{where}: «{code}» is no ISO 3166 alpha-3 code")
        full = _weak(split(names)[0])[0]
        lexicon.states[code] = full
        for name in _spellings(split(names)):
            plain, weak = _weak(name)
            gender = "m" if fold(plain) in lexicon.words["masculine"] else "f"
            lexicon.add(words_of(plain), Entry(full, "state", (code,), gender, "s", ("GOV",), weak), where)
        for adjective in _spellings(split(adjectives)):
            plain, weak = _weak(adjective)
            _add_adjective(lexicon, plain, code, weak, where)
        for plural in split(plurals):
            plain, weak = _weak(plural)
            _add_plural(lexicon, plain, code, weak, where)
        for capital in _spellings(split(capitals)):
            plain, weak = _weak(capital)
            lexicon.add(words_of(plain), Entry(plain, "capital", (code,), "f", "s", ("GOV",), weak), where)


def _load_entries(lexicon: ActorLexicon) -> None:
    for where, (code, kind, gender, sector, names) in rows("bodies.tsv", 5):
        if kind not in ("body", "bloc"):
            raise DataError(f"{where}: kind «{kind}» is neither body nor bloc")
        _add_names(lexicon, where, names, kind, code, gender, "s", sector, "")
    for where, (code, gender, number, sector, home, names) in rows("groups.tsv", 6):
        _add_names(lexicon, where, names, "group", code, gender, number, sector, home)
    for where, (code, gender, number, sector, names) in rows("seats.tsv", 5):
        _add_names(lexicon, where, names, "seat", code, gender, number, sector, "")


def _load_outlets(lexicon: ActorLexicon) -> None:
    for where, (name, kind, gender, home, aliases) in rows("outlets.tsv", 5):
        types = lexicon.words.get(f"outlet {kind}")
        if types is None:
            raise DataError(f"{where}: type «{kind}» has no row «outlet {kind}» in words.tsv")
        if gender not in ("m", "f"):
            raise DataError(f"{where}: gender «{gender}» is neither m nor f")
        codes = (home,) if home else ()
        strong = Entry(name, "outlet", codes, gender, "s", ("JRN",), False, home)
        spelled = split(aliases)
        for alias in spelled if name + "*" in spelled else [name, *spelled]:
            plain, weak = _weak(alias)
            words = words_of(plain)
            lexicon.add(words, Entry(name, "outlet", codes, gender, "s", ("JRN",), weak, home), where)
            for word in sorted(types):
                if word.split()[0] != words[0]:
                    lexicon.add(word.replace("{}", " ".join(words)).split(), strong, where)


def _load_places(lexicon: ActorLexicon) -> None:
    for where, (names, country, kind, latitude, longitude) in rows("places.tsv", 5):
        if country not in lexicon.states:
            raise DataError(f"{where}: «{country}» is no state of states.tsv")
        if kind not in ("city", "region", "site", "capital"):
            raise DataError(f"{where}: type «{kind}» is none of city, region, site, capital")
        try:
            point = (float(latitude), float(longitude)) if latitude else (None, None)
        except ValueError as error:
            raise DataError(f"{where}: coordinates «{latitude}», «{longitude}» are no numbers") from error
        if (latitude and not -90 <= float(latitude) <= 90) or (longitude and not -180 <= float(longitude) <= 180):
            raise DataError(f"{where}: coordinates «{latitude}», «{longitude}» lie outside the globe")
        full = _weak(split(names)[0])[0]
        for name in split(names):
            plain, weak = _weak(name)
            words = words_of(plain)
            if kind == "capital":
                lexicon.points[" ".join(words)] = point
                continue
            if not weak and lexicon.named(words):
                continue
            entry = Entry(full, "place", (country,), "f", "s", (), weak, country, "", *point)
            lexicon.add(words, entry, where)


def _add_names(
    lexicon: ActorLexicon, where: str, names: str, kind: str, code: str, gender: str, number: str, sector: str,
    home: str,
) -> None:  # fmt: skip
    if gender not in ("m", "f") or number not in ("s", "d", "p"):
        raise DataError(f"{where}: gender «{gender}», number «{number}»: m or f, and s, d or p")
    if sector and sector not in SECTORS:
        raise DataError(f"{where}: unknown sector «{sector}»")
    full = _weak(split(names)[0])[0]
    for name in split(names):
        plain, weak = _weak(name)
        lexicon.heads_of.setdefault(full, set()).add(_bare_word(words_of(plain)[0]))
        if home and _bare_word(words_of(plain)[0]) == _bare_word(RESISTANCE):
            lexicon.resistance.setdefault(home, code)
        entry = Entry(
            full,
            kind,
            (code,),
            gender,
            number,
            (sector,) if sector else (),
            weak,
            home,
        )
        lexicon.add(words_of(plain), entry, where)


def _load_heads(lexicon: ActorLexicon) -> None:
    for where, (lemma, kind, gender, feminine, plurals, sector, flags) in rows("heads.tsv", 7):
        if kind not in HEAD_KINDS:
            raise DataError(f"{where}: unknown kind «{kind}»")
        if gender not in ("m", "f"):
            raise DataError(f"{where}: gender «{gender}» is neither m nor f")
        marks = frozenset(split(flags))
        code = next((flag[5:] for flag in marks if flag.startswith("code:")), "")
        unknown = {flag for flag in marks if not flag.startswith("code:")} - FLAGS
        if unknown:
            raise DataError(f"{where}: unknown flags {', '.join(sorted(unknown))}")
        if sector and sector not in SECTORS:
            raise DataError(f"{where}: unknown sector «{sector}»")
        head = Head(lemma, kind, gender, (sector,) if sector else (), marks, code)
        for form, form_gender, number, construct in head_forms(lemma, gender, feminine, split(plurals)):
            inner = form.split()
            fixed = len(inner) > 1 and any(word.startswith("ال") for word in inner[1:])
            lexicon.add(words_of(form), HeadForm(head, form_gender, number, fixed, construct), where)
            if not fixed and not construct and not form.startswith("ال"):
                written = " ".join("ال" + word for word in inner)
                lexicon.add(words_of(written), HeadForm(head, form_gender, number, True, False), where)


def _load_words(lexicon: ActorLexicon) -> None:
    classes: dict[str, set[str]] = {}
    for where, (name, words) in rows("words.tsv", 2):
        if not words:
            raise DataError(f"{where}: no words")
        classes.setdefault(name, set()).update(fold(word) for word in split(words))
    lexicon.words = {name: frozenset(words) for name, words in classes.items()}
    for _where, (word, same) in rows("synonyms.tsv", 2):
        lexicon.synonyms[word] = same
        lexicon.synonyms[fold(word)] = fold(same)


def _load_people(lexicon: ActorLexicon) -> None:
    for where, (name, code, role, begin, end, others) in rows("persons.tsv", 6):
        if not begin.isdigit() or not (end == "-" or (end.isdigit() and int(end) >= int(begin))):
            raise DataError(f"{where}: years «{begin}» to «{end}» are not in order")
        known = Entry(name, "person", (code,), role=role)
        for spelling in (name, *split(others)):
            if lexicon.people.setdefault(" ".join(words_of(spelling)), known).codes != known.codes:
                raise DataError(f"{where}: «{spelling}» is already the name of somebody else")
            if " " in spelling:
                lexicon.add(words_of(spelling), known, where)
    for where, (gender, names) in rows("names.tsv", 2):
        if gender not in ("m", "f", "s"):
            raise DataError(f"{where}: «{gender}» is none of m, f (given names) and s (surnames)")
        for name in names.split():
            if fold(name) not in lexicon.words["function"]:
                lexicon.given.setdefault(fold(name), gender)
    lexicon.surnames = frozenset(name for name, gender in lexicon.given.items() if gender == "s")


@cache
def actor_lexicon() -> ActorLexicon:
    """The packaged rows, loaded once.  Raises DataError naming file and row when one is not valid."""
    lexicon = ActorLexicon()
    _load_words(lexicon)
    _load_states(lexicon)
    _load_entries(lexicon)
    for where, (code, adjectives, plurals, weak) in rows("adjectives.tsv", 4):
        for adjective in split(adjectives):
            _add_adjective(lexicon, adjective, code, weak == "yes", where)
        for plural in split(plurals):
            _add_plural(lexicon, plural, code, weak == "yes", where)
    _load_outlets(lexicon)
    _load_places(lexicon)
    _load_heads(lexicon)
    _load_people(lexicon)
    return lexicon
