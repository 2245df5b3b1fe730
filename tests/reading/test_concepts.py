"""Causes and effects become neutral, typed concepts (rows of concepts.yaml, and the traps between types)."""

import pytest

from marsad.assembly.merges import canonical
from marsad.lexicon.concepts import ConceptRow, load_concept_words
from marsad.reading.actors.find import find_actors
from marsad.reading.concepts.find import Concepts
from marsad.reading.concepts.keys import relation_key
from marsad.reading.events.find import find_events
from marsad.reading.relations.find import find_relations
from marsad.reading.statements.find import find_statements
from marsad.records import Article, Concept, Span
from marsad.text.analyse import analyse
from marsad.text.normalise import fold


def concept(text: str, words: str | None = None) -> Concept | None:
    """The concept of `words` (all of it by default) in a text read as an article."""
    document = analyse(text)
    layer = find_actors(document, Article(text=text))
    statements = find_statements(document, layer, ())
    relations = find_relations(document, layer, statements)
    found = Concepts(document, layer, relations, find_events(document, layer, (), statements))
    words = words or text
    start = text.rindex(words)
    return found.side(Span(start=start, end=start + len(words), quote=words))


def terms(found: Concept | None) -> set[str]:
    return set(found.key.split(":")[-1].replace("~", "").split("_")) if found is not None else set()


@pytest.mark.parametrize("row", load_concept_words().rows, ids=lambda row: row.id)
def test_rows(row: ConceptRow) -> None:
    found, counter = concept(row.example), concept(row.counter)
    assert found is not None
    assert counter is not None
    if row.class_ == "belief":
        assert found.kind == "belief"
        assert f":{row.id}:" in found.key
        assert counter.kind != "belief"
    elif row.class_ == "general":
        assert "~" not in found.key
        assert "~" in counter.key
    elif row.class_ == "alike":
        keys = {canonical(f"quantity:{fold(word)}_قبرصي") for word in row.words}
        assert len(keys) == 1
    elif row.class_ == "aspect":
        assert terms(found) & set(map(fold, row.words))
        assert not terms(counter) & set(map(fold, row.words))
    else:
        assert found.direction == row.direction
        assert not terms(found) & set(map(fold, row.words))
        if row.direction:
            assert counter.direction == 0 or row.class_ in ("verb", "negator")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ارتفاع صادرات النفط الخام", "تراجع صادرات النفط الخام"),
        ("تعزيز العلاقات بين فيجي ومدغشقر", "العلاقات الجيدة بين مدغشقر وفيجي تتراجع"),
        ("نفوذ منغوليا المتزايد في المنطقة", "تقليص نفوذ منغوليا في المنطقة"),
        ("شهدت صادرات النفط الخام ارتفاعا كبيرا", "في السنوات الأخيرة، سجلت صادرات النفط الخام تراجعا"),
        ("الصراع بين باراغواي ونيبال", "تفاقم الصراع بين نيبال وباراغواي"),
    ],
)
def test_one_concept_in_two_directions(one: str, other: str) -> None:
    first, second = concept(one), concept(other)
    assert first is not None
    assert second is not None
    assert first.key == second.key
    assert first.direction != second.direction


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("العلاقات بين فيجي ومدغشقر", "الصراع بين فيجي ومدغشقر", "a conflict is no partnership"),
        ("العقوبات الأوروبية على منغوليا", "تأثير العقوبات الأوروبية على منغوليا", "sanctions and their impact"),
        ("حياد بوتسوانا في النزاع", "حرص بوتسوانا على حيادها في النزاع", "a state and the wish for it"),
        ("اقتصاد نيبال", "اقتصاد فيجي", "two actors"),
    ],
)
def test_kept_apart(one: str, other: str, why: str) -> None:
    first, second = concept(one), concept(other)
    assert first is not None
    assert second is not None
    assert first.key != second.key, why


def test_the_key_is_that_of_the_relation_layer() -> None:
    text = "أعلن الوزير أن العلاقات التجارية بين أوروغواي ومنغوليا تطورت بسبب الممر الجديد."
    document = analyse(text)
    layer = find_actors(document, Article(text=text))
    relations = find_relations(document, layer, find_statements(document, layer, ()))
    assert relations
    found = concept(text, "العلاقات التجارية بين أوروغواي ومنغوليا تطورت")
    assert found is not None
    assert found.key == relations[0].concept.key
    assert found.direction == 1


def test_a_bare_noun_means_what_was_named_before() -> None:
    text = "بدأت المحادثات التجارية بين فيجي ومدغشقر أمس. وقال خبير إن المحادثات ستؤدي إلى خفض الرسوم."
    full, bare = concept(text, "المحادثات التجارية بين فيجي ومدغشقر"), concept(text, "المحادثات")
    assert full is not None
    assert bare is not None
    assert full.key == bare.key


def test_what_only_one_article_knows_is_marked() -> None:
    found = concept("الاتفاق")
    assert found is not None
    assert found.key == "quantity:~اتفاق"


def test_a_pointer_takes_its_antecedent_and_no_words_give_nothing() -> None:
    assert concept("ذلك") is None


def test_poles_have_keys_of_their_own() -> None:
    assert relation_key(["NPL"], ["FJI"], False, "economic") == "relation:FJI-NPL:economic"
    assert relation_key(["NPL"], ["FJI"], True, "economic", -1) == "relation:NPL>FJI:economic:conflict"


def test_what_is_withheld_or_stopped_is_less_of_the_cause() -> None:
    import marsad

    text = "قال الخبير كمال ساري إن وقف تصدير القمح أدى إلى نقص الخبز في فيجي."
    (found,) = marsad.read(text).mechanisms
    assert found.cause_concept is not None
    assert found.cause_concept.direction == -1
    assert found.effect_concept is not None
    assert found.effect_concept.direction == -1


def test_a_threat_with_something_is_not_less_of_it() -> None:
    import marsad

    text = "قال الخبير كمال ساري إن نقص الأسمدة يهدد بتفاقم أزمة الغذاء، مما يؤدي إلى زيادة أسعار الخبز."
    directions = {
        m.cause_concept.direction
        for m in marsad.read(text).mechanisms
        if m.cause_concept is not None and "غذاء" in m.cause_concept.key
    }
    assert directions <= {1}


def test_not_wanting_something_is_not_less_of_it() -> None:
    found = concept("لا نريد أن يكون هناك تصعيد أكبر في الخليج")
    plain = concept("تصعيد في الخليج")
    assert found is not None
    assert plain is not None
    assert found.key != plain.key
