"""The question and the whole answer."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

import marsad
from marsad.assembly.causal import CausalMap, Node, from_json
from marsad.assembly.whatif import WhatIf, whatif
from marsad.assembly.whatif.words import _table
from marsad.errors import QueryError
from tests.assembly.whatif_maps import claim, edge, map_of

CORRIDOR = from_json((Path(__file__).parent / "data" / "corridor-map.json").read_bytes())
TOLLS, COST = "رسوم العبور على الشاحنات", "كلفة النقل عبر الممر"
RIVAL = f"{TOLLS} -> حركة البضائع عبر الطريق الشمالي +"


def everything(answer: WhatIf) -> str:
    return " ".join(w.en for w in (answer.sentence, answer.why, *answer.assumptions))


def test_certain_with_paths_and_quotes_and_no_number():
    answer = whatif(CORRIDOR, f"{TOLLS}+", COST)
    assert (answer.verdict, answer.direction) == ("certain", 1)
    assert (answer.rises, answer.stable, answer.settings, answer.deciding) == (None, None, (), ())
    assert "%" not in answer.sentence.en + answer.why.en
    (path,) = answer.paths
    assert path.steps[0].claims[0].quote == "رفع رسوم العبور يزيد كلفة النقل عبر الممر"
    assert (path.thread, path.holders) == (True, ("ليلى أوزتورك",))
    assert whatif(CORRIDOR, f"{TOLLS}-", COST).direction == -1


def test_an_added_edge_makes_it_ambiguous_and_is_marked():
    answer = whatif(CORRIDOR, f"{TOLLS}+", COST, edges=[RIVAL])
    assert (answer.verdict, answer.direction) == ("ambiguous", 0)
    assert answer.rises is not None
    assert 0.4 < answer.rises.low < answer.rises.high < 0.7
    assert [s.analyst for s in answer.steps] == [False, True, False]
    assert [p.analyst for p in answer.paths] == [False, True]
    assert "added" in everything(answer)
    assert answer.deciding[0].cause == "quantity:transit-tolls"
    # Taken for certain that every claim was read rightly, the range is wider still.
    sure = whatif(CORRIDOR, f"{TOLLS}+", COST, edges=[RIVAL], reliability=1.0)
    assert sure.verdict == "ambiguous"
    assert sure.rises is not None
    assert sure.rises.low < 0.4


def test_every_answer_says_that_it_is_no_forecast():
    asked = [(COST, ()), (COST, (RIVAL,)), ("رسوم الحديد", ())]
    for target, edges in asked:
        answer = whatif(CORRIDOR, f"{TOLLS}+", target, edges=edges)
        assert answer.assumptions[0].en == "This is what the cited claims imply, not a forecast."
        assert answer.assumptions[0].ar == "هذا ما يلزم عن المزاعم المستشهد بها، وليس توقعا."
        assert any("Denied and conceded" in words.en for words in answer.assumptions)


def test_denied_claims_are_never_edges():
    answer = whatif(CORRIDOR, "الضغط الروسي+", "belief:RUS:threat")
    assert all(step.support for step in answer.steps)
    refused = whatif(CORRIDOR, "الحرب في البحر الأسود+", "المشاورات بين أنقرة وأستانا")
    assert refused.verdict == "certain"  # over trade, not over the denied effect of pressure
    only = map_of(edge("A+B", support=0, denied=1), edge("B+C"))
    answer = whatif(only, "A+", "C")
    assert (answer.verdict, answer.denied[0].cause, answer.leading) == ("no-path", "A", ("B",))
    assert "denied" in answer.sentence.en


def test_no_path_is_no_answer():
    answer = whatif(CORRIDOR, f"{TOLLS}+", "رسوم الحديد")
    assert (answer.verdict, answer.direction, answer.paths) == ("no-path", 0, ())
    assert answer.reached
    assert answer.leading == ()


@pytest.mark.parametrize(
    ("press", "target", "edges", "words"),
    [
        (f"{TOLLS}", COST, (), "sign"),
        ("+", COST, (), "sign"),
        (f"{COST}+", COST, (), "both pushed and asked"),
        ("القلق في موسكو+", COST, (), "nearest: .*belief:RUS:threat"),
        (f"{TOLLS}+", "الاقتصاد العالمي", (), "no concept of this map"),
        ("العلاقات بين تركيا+", COST, (), "several concepts"),
        ([f"{TOLLS}+", f"{TOLLS}-"], COST, (), "both up and down"),
        ([], COST, (), "at least one press"),
        (f"{TOLLS}+", COST, ("رسوم العبور",), "is written"),
        (f"{TOLLS}+", COST, (f"{TOLLS} -> {COST}",), "sign"),
        (f"{TOLLS}+", COST, (f"{TOLLS} -> {TOLLS} +",), "two concepts"),
        (f"{TOLLS}+", COST, (f"{TOLLS} -> {COST} +", f"{TOLLS} -> {COST} -"), "one sign"),
    ],
)
def test_what_cannot_be_asked(press, target, edges, words):
    with pytest.raises(QueryError, match=words):
        whatif(CORRIDOR, press, target, edges=edges)


def test_concepts_are_found_by_key_label_alias_and_words():
    nodes = (
        Node(
            key="quantity:oil", kind="quantity", label="صادرات النفط", aliases=("تصدير الخام",), merged=("quantity:x",)
        ),
        Node(key="quantity:price", kind="quantity", label="أسعار الوقود"),
    )  # fmt: skip
    oil = CausalMap(nodes=nodes, edges=(edge("quantity:oil-quantity:price"),))
    assert whatif(oil, "-صادرات النفط", "أسعار").direction == 1
    for name in ("quantity:oil", "quantity:x", "صادرات النفط", "صادرات النّفط", "تصدير الخام", "الخام"):
        assert whatif(oil, f"{name} −", "أسعار").direction == 1


def test_several_presses_add_up():
    both = map_of("A+Z", "B-Z")
    assert whatif(both, ["A+", "B-"], "Z").direction == 1
    assert whatif(both, ["A+", "B+"], "Z").verdict != "certain"
    assert whatif(both, ["A+"], "Z").direction == 1


def test_how_much_a_chain_rests_on_is_said():
    two = map_of(edge("A+B", support=3), "B+C", "C+Z", edge("A+D", support=2), edge("D+Z", support=2))
    assert "The best supported path has 2 effects, 0 of them" in everything(whatif(two, "A+", "Z"))
    one = map_of(edge("A+B", support=3), "B+C", "C+Z")
    assert "The best supported path has 3 effects, 2 of them" in everything(whatif(one, "A+", "Z"))


def test_thread_or_stitched():
    def held(first, second):
        edges = edge("A+B", claims=(claim(first),)), edge("B+C", claims=(claim(second),))
        return whatif(map_of(*edges), "A+", "C")

    thread = held("ليلى", "ليلى")
    assert (thread.paths[0].thread, thread.paths[0].holders) == (True, ("ليلى",))
    assert "Thread" in everything(thread)
    stitched = held("ليلى", "دانيار")
    assert (stitched.paths[0].thread, stitched.paths[0].holders) == (False, ())
    assert "Stitched" in everything(stitched)
    assert held(None, None).paths[0].thread
    added = whatif(map_of(edge("A+B", claims=(claim("ليلى"),)), "B+C"), "A+", "C", edges=["B -> C +"])
    assert not added.paths[0].thread
    assert "Every path runs over" in everything(added)


def test_an_unstable_core_gives_no_verdict():
    core = [f"{a}+{b}" for a in "CDEFG" for b in "CDEFG" if a != b]
    answer = whatif(map_of("A+C", *core, "G-Z", "A+Z"), "A+", "Z", reliability=1.0)
    assert (answer.verdict, answer.direction) == ("no-verdict", 0)
    assert answer.settled is not None
    assert answer.settled < 0.2
    assert "stable" in answer.sentence.en


def test_a_push_that_hardly_arrives_gives_no_verdict():
    names = [f"a{i}" for i in range(12)], [f"b{i}" for i in range(12)]
    far = [edge(f"{a}+{b}") for way in names for a, b in pairwise(["A", *way, "Z"])]
    answer = whatif(map_of(*far, "A-b11"), "A+", "Z")
    assert answer.verdict in ("leaning", "robust")  # over the one that is short
    answer = whatif(map_of(*far[:13], *far[13:-1], "b11-Z"), "A+", "Z")
    assert answer.verdict == "no-verdict"
    assert "arrives" in answer.sentence.en


def test_robust_and_leaning():
    many = [f"A+{m}" for m in "BCDEFG"] + [f"{m}+Z" for m in "BCDEFG"]
    answer = whatif(map_of(*many, "A-Q", "Q+R", "R+S", "S+Z"), "A+", "Z", reliability=1.0)
    assert (answer.verdict, answer.direction) == ("robust", 1)
    flipped = whatif(map_of(*many, "A-Q", "Q+R", "R+S", "S+Z"), "A-", "Z", reliability=1.0)
    assert (flipped.verdict, flipped.direction) == ("robust", -1)
    assert "falls, robustly: in 9" in flipped.sentence.en
    # Three ways against one, any of them perhaps misread.
    answer = whatif(map_of(*many[:3], *many[6:9], "A-Q", "Q+R", "R+Z"), "A+", "Z")
    assert (answer.verdict, answer.direction) == ("leaning", 1)


def test_a_contested_edge_is_stated_and_decides():
    answer = whatif(map_of(edge("A+B", support=2, against=1, contested=True), "B+Z"), "A+", "Z")
    assert answer.verdict in ("leaning", "ambiguous")
    assert "disagree on the sign" in answer.why.en
    assert "asserted with both signs" in everything(answer)
    assert (answer.deciding[0].strong, answer.deciding[0].weak) == (1.0, 0.0)
    assert answer.paths[0].sign == 0


def test_an_answer_is_json_and_comes_back():
    answer = whatif(CORRIDOR, f"{TOLLS}+", COST, edges=[RIVAL])
    assert msgspec.json.decode(msgspec.json.encode(answer), type=WhatIf) == answer


def test_one_claimants_map():
    answer = marsad.whatif(CORRIDOR, press="كلفة النقل عبر الممر+", target="الضغط الروسي على أستانا", claimant="ليلى")
    assert answer.verdict == "certain"
    assert answer.view == "article:invented claimant:ليلى"
    assert {c.claimants for s in answer.steps for c in s.claims} == {("ليلى أوزتورك",)}
    with pytest.raises(QueryError):
        marsad.whatif(CORRIDOR, press=f"{TOLLS}+", target="الضغط الروسي على أستانا", claimant="دانيار")


def test_an_article_is_asked():
    reading = marsad.read("قال الخبير عمر حسن إن ارتفاع كلفة النقل أدى إلى تراجع الصادرات.")
    causal_map = marsad.causal_map(reading)
    (found,) = causal_map.edges
    answer = marsad.whatif(reading, press=f"{found.cause}+", target=found.effect)
    assert (answer.verdict, answer.direction) == ("certain", -1)


def test_words_are_in_both_languages():
    for kind, rows in _table().items():
        for code, row in rows.items():
            assert set(row) == {"ar", "en"}, (kind, code)
            assert re.search("[\u0600-\u06ff]", row["ar"])
            assert set(re.findall(r"\{(\w+)\}", row["ar"])) == set(re.findall(r"\{(\w+)\}", row["en"])), (kind, code)


# --- the article that the project began from, where it is at hand

SEED = Path(__file__).parents[3] / "shared" / "seed" / "map.json"


@pytest.fixture(scope="module")
def seed_map() -> CausalMap:
    if not SEED.is_file():
        pytest.skip("no ../shared")
    seed = msgspec.json.decode(SEED.read_bytes())
    names = {c["id"]: c["name_ar"] or "الكاتب" for c in seed["claimants"]}
    claims = {c["id"]: c for c in seed["causal_claims"]}
    edges = []
    for found in seed["assembled_edges"]:
        own = tuple(
            claim(names[claims[i]["claimant"]], found["sign"] or 1, i, quote=claims[i]["quote"], record=i)
            for i in found["claims"]
        )
        one = edge(f"{found['cause']}+{found['effect']}", claims=own, support=int(found["simulate"]))
        denied = int(not found["simulate"])
        edges.append(msgspec.structs.replace(one, sign=found["sign"] or 1, denied=denied))
    nodes = tuple(Node(key=c["id"], kind="quantity", label=c["label_ar"]) for c in seed["concepts"])
    return CausalMap(nodes=nodes, edges=tuple(edges), view="article:seed")


def test_seed_without_the_trade_edge(seed_map):
    answer = whatif(seed_map, "WEST_SANCTIONS+", "SANCTIONS_IMPACT")
    assert (answer.verdict, answer.direction, answer.path_count) == ("certain", 1, 1)
    # The text does not say that sanctions turned the trade.
    assert whatif(seed_map, "WEST_SANCTIONS+", "CHN_RUS_TRADE").verdict == "no-path"
    conflict = whatif(seed_map, "RUS_WEST_CONFLICT+", "SANCTIONS_IMPACT")
    assert (conflict.verdict, conflict.direction) == ("certain", -1)
    assert conflict.paths[0].thread


@pytest.mark.parametrize("reliability", [0.5, 0.8, 1.0])
def test_seed_with_the_added_trade_edge_is_ambiguous(seed_map, reliability):
    added = ["WEST_SANCTIONS -> CHN_RUS_TRADE +"]
    answer = whatif(seed_map, "WEST_SANCTIONS+", "SANCTIONS_IMPACT", edges=added, reliability=reliability)
    assert (answer.verdict, answer.direction) == ("ambiguous", 0)


def test_seed_denied_and_conceded(seed_map):
    for cause, effect in (("EXTERNAL_PRESSURE", "RUS_CHN_RELATIONS"), ("RUS_SHARE_CHN_ARMS", "MIL_TECH_COOP")):
        answer = whatif(seed_map, f"{cause}+", effect)
        assert (answer.verdict, len(answer.denied)) == ("no-path", 1)


def test_seed_with_the_bridge_that_closes_a_loop(seed_map):
    """Fear, backing, less defeat, less weakness: a loop that settles, so backing still averts defeat."""
    bridge = ["RUS_DEFEAT_UKR -> RUS_WEAKNESS +"]
    answer = whatif(seed_map, "CHN_FEAR_RUS_WEAKNESS+", "RUS_DEFEAT_UKR", edges=bridge)
    assert (answer.verdict, answer.direction) == ("certain", -1)


def test_an_effect_that_the_analyst_confirms_is_still_the_claimants():
    """Added where somebody claims the same: always in, but no invention of the analyst's."""
    claimed = map_of(edge("A+B", claims=(claim("ليلى"),)), edge("B+C", claims=(claim("ليلى"),)))
    answer = whatif(claimed, "A+", "C", edges=["A -> B +"])
    assert answer.paths[0].thread
    assert [(s.analyst, s.inclusion) for s in answer.steps] == [(False, 1.0), (False, 0.4)]
    against = whatif(claimed, "A+", "C", edges=["A -> B -"])
    assert (against.direction, against.steps[0].analyst, against.paths[0].thread) == (-1, True, False)
