"""Traps of reading events, with states that hardly ever meet and people who do not exist: only the grammar can help.

A case says what must be among the events of the text (type, sources, targets, status) and which types must not be.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

import marsad
from marsad.records import Event


@dataclass(frozen=True)
class Case:
    """`want`: events as "TYPE SRC,SRC>TGT,TGT status"; `never`: types, or such events, that must not come out."""

    id: str
    text: str
    why: str
    want: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


CASES = [
    # status
    Case(
        "future",
        "ستفرض أيسلندا عقوبات على باراغواي الشهر المقبل.",
        "سـ is a plan, nothing has happened",
        ("SANCTION ISL>PRY planned",),
    ),
    Case(
        "plan-verb",
        "تعتزم منغوليا فرض عقوبات على سورينام.",
        "«تعتزم» governs the verbal noun",
        ("SANCTION MNG>SUR planned",),
    ),
    Case("negated-past", "لم تقصف توغو أراضي فيجي.", "لم denies", (), ("ASSAULT TGO>FJI actual",)),
    Case(
        "negated-future", "لن تسحب باراغواي قواتها من سورينام.", "لن denies a future", (), ("RETREAT PRY>SUR actual",)
    ),
    Case(
        "denied-attack",
        "نفت وزارة الدفاع المنغولية قصف مواقع في باراغواي.",
        "a denied attack is none; who denies is no attacker as a fact",
        (),
        ("ASSAULT MNG>PRY actual",),
    ),
    Case(
        "called-for",
        "دعت فيجي توغو إلى سحب قواتها من مالطا.",
        "the withdrawal is asked for",
        ("REQUEST FJI>TGO actual",),
        ("RETREAT TGO>MLT actual",),
    ),
    Case(
        "stop-the-attack",
        "دعت مالطا منغوليا إلى وقف الهجوم على توغو.",
        "«called for an attack to stop» calls for no attack",
        ("REQUEST MLT>MNG actual",),
        ("ASSAULT MLT>MNG actual", "ASSAULT MLT>TGO actual"),
    ),
    Case(
        "conditional",
        "إذا هاجمت سورينام منغوليا فإن فيجي سترد.",
        "a condition is no event that happened",
        (),
        ("ASSAULT SUR>MNG actual",),
    ),
    Case(
        "quoted-threat",
        'قال الرئيس الباراغواياني سامر الراوندي: "سنقصف مواقع مالطا إذا اقتربت سفنها".',
        "what is threatened has not happened",
        (),
        ("ASSAULT PRY>MLT actual",),
    ),
    # words that mean otherwise
    Case("sport-attack", "شن المهاجم المنغولي هجوما على مرمى منتخب فيجي في المباراة.", "sport", (), ("ASSAULT",)),
    Case("sport-fight", "هزم منتخب باراغواي منتخب توغو بهدفين في البطولة.", "sport", (), ("ASSAULT",)),
    Case("sport-strike", "أطلق اللاعب الأيسلندي قذيفة قوية هزت شباك مالطا في الدوري.", "sport", (), ("ASSAULT",)),
    Case(
        "sales-campaign",
        "أطلقت شركة أيسلندية حملة تسويق لهواتفها في سورينام.",
        "a campaign of business",
        (),
        ("ASSAULT", "MOBILIZE"),
    ),
    Case("price-war", "اشتعلت المنافسة وضربت شركات مالطا أسعار منافسيها.", "business", (), ("ASSAULT",)),
    Case(
        "fight-disease",
        "أطلقت فيجي حملة لمكافحة مرض الحصبة وهاجم الوباء المدارس.",
        "a fight against a disease",
        (),
        ("ASSAULT",),
    ),
    Case(
        "history",
        "زار السائح متحفا عن تاريخ الحرب بين أيسلندا ومالطا في القرن الماضي.",
        "a war that a museum is about",
        (),
        ("ASSAULT", "CONSULT ISL,MLT> actual"),
    ),
    Case(
        "background",
        "منذ اندلاع الحرب في سورينام ارتفعت أسعار الخبز في فيجي.",
        "a war that dates something",
        (),
        ("ASSAULT",),
    ),
    # who did it to whom
    Case("accuse-ab", "اتهمت سورينام منغوليا بتهريب السلاح.", "role swap, one way", ("ACCUSE SUR>MNG actual",)),
    Case("accuse-ba", "اتهمت منغوليا سورينام بتهريب السلاح.", "role swap, the other way", ("ACCUSE MNG>SUR actual",)),
    Case("attack-ab", "قصفت توغو مواقع في باراغواي.", "the object's state, by its place", ("ASSAULT TGO>PRY actual",)),
    Case("attack-ba", "باراغواي قصفت مواقع في توغو.", "subject before the verb", ("ASSAULT PRY>TGO actual",)),
    Case(
        "passive-by", "قتل جندي من فيجي على يد قوات من مالطا.", "«على يد» names the agent", ("ASSAULT MLT>FJI actual",)
    ),
    Case(
        "passive-from",
        "تعرضت سفينة منغولية لهجوم من قبل قوات سورينام.",
        "«من قبل» names the agent",
        ("ASSAULT SUR>MNG actual",),
    ),
    Case(
        "masdar",
        "أثار فرض أيسلندا عقوبات على باراغواي غضبا.",
        "the verbal noun's idafa is its subject",
        ("SANCTION ISL>PRY actual",),
    ),
    Case(
        "masdar-visit",
        "بدأت زيارة رئيس وزراء فيجي إلى توغو.",
        "who is visited stands after «إلى»",
        ("CONSULT FJI>TGO actual",),
    ),
    Case("between", "عقدت محادثات بين منغوليا ومالطا.", "«بين» takes both", ("CONSULT MLT,MNG> actual",)),
    Case("met", "التقى وزير خارجية باراغواي نظيره الأيسلندي.", "VSO", ("CONSULT PRY>ISL actual",)),
    Case(
        "relative",
        "الغارات التي شنتها سورينام على مالطا أوقعت قتلى.",
        "the subject stands in the relative clause",
        ("ASSAULT SUR>MLT actual",),
    ),
    Case(
        "adjective",
        "استهدفت الغارات المنغولية مواقع في فيجي.",
        "the adjective of the deed is its doer",
        ("ASSAULT MNG>FJI actual",),
    ),
    Case(
        "both-countries",
        "أعلنت توغو وسورينام أن البلدين وقعا اتفاقا للتعاون.",
        "«البلدين» are the two",
        ("SUPPORT SUR,TGO> actual",),
    ),
    Case("capital", "طردت ريكيافيك سفير منغوليا.", "a capital is its government", ("SANCTION ISL>MNG actual",)),
    Case(
        "unnamed-victims",
        "قتل ثلاثة مدنيين في قصف شنته قوات مالطا على قرية في توغو.",
        "unnamed victims",
        (),
        ("ASSAULT TGO>MLT actual",),
    ),
    Case("gunmen", "هاجم مسلحون قاعدة لجيش باراغواي.", "unnamed doers", ("ASSAULT GUNMEN>PRY actual",)),
    Case(
        "spokesman",
        "نددت المتحدثة باسم الخارجية الأيسلندية لينا الصفواني بهجوم سورينام على فيجي.",
        "an invented person stands for the state of her title; the attack is another's",
        ("ACCUSE ISL>SUR actual", "ASSAULT SUR>FJI actual"),
    ),
    Case(
        "place-of-talks",
        "اجتمع وزيرا خارجية فيجي وتوغو في مالطا.",
        "where it happens is no party",
        ("CONSULT FJI,TGO> actual",),
        ("CONSULT FJI,TGO>MLT actual",),
    ),
]


def _shown(event: Event) -> str:
    return f"{event.type} {','.join(sorted(event.sources))}>{','.join(sorted(event.targets))} {event.status}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_trap(case: Case) -> None:
    events = marsad.read(case.text, date="2025-05-05").events
    shown = {_shown(event) for event in events}
    assert set(case.want) <= shown, f"{case.why}: {shown}"
    shown |= {event.type for event in events}
    assert not shown & set(case.never), f"{case.why}: {shown}"
