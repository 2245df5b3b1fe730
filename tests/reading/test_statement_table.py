"""Statements by construction: each case says why it exists.

All sentences are invented.  A case lists every statement that must be found, in text order; fields that a case does
not name are not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

import marsad
from marsad.records import Reading


@dataclass(frozen=True)
class Case:
    """`said`: one dict a statement: cue, speaker (name), mention, content, act, form, kind, codes, parent (index)."""

    why: str
    text: str
    said: tuple[dict[str, Any], ...]


def said(cue: str, speaker: str | None, *content: str, **more: Any) -> dict[str, Any]:
    return {"cue": cue, "speaker": speaker, "content": list(content), **more}


VERBS = [
    Case("a demonstrative that does not agree with the verb opens its object, not its subject",
         "قال وزير الدفاع الإيطالي ماركو فيراري إن الوضع صعب. ووصف تلك المناطق الجبلية بأنها خطيرة.",
         (said("قال", "ماركو فيراري", "الوضع صعب"),
          said("وصف", "ماركو فيراري", "خطيرة", act="CHARACTERIZE", mention=None))),
    Case("«الأعضاء» belongs to «الدول», the content begins behind the body",
         "أعلنت الدول الأعضاء في مجلس التعاون رفضها القرار.",
         (said("أعلنت", "الدول الأعضاء", "رفضها القرار", act="ANNOUNCE", form="nominal"),)),
    Case("«بشأن» is a preposition, not the «ب» that the verb asks for",
         "أصدر مجلس الأمن الدولي بيانا آخر بشأن سوريا.",
         ()),
    Case("a title without a comma behind the name: «مدير عام» is one title",
         "قال روبن ديكر مدير عام وزارة الخارجية الهولندية للصحفيين إن الأمر مهم.",
         (said("قال", "روبن ديكر", "الأمر مهم", codes=("NLD",)),)),
    Case("verb, subject, «إن»: the commonest order",
         "قال وزير الدفاع الإيطالي ماركو فيراري إن القوات ستبقى في القاعدة.",
         (said("قال", "ماركو فيراري", "القوات ستبقى في القاعدة", act="STATE", form="indirect", kind="person",
               codes=("ITA",)),)),
    Case("subject before its verb, behind «أن» of another statement",
         "وذكرت صحيفة الفجر أن الرئيس الكيني دعا المعارضة إلى الحوار.",
         (said("ذكرت", "صحيفة الفجر", "الرئيس الكيني دعا المعارضة إلى الحوار", kind="outlet"),
          said("دعا", "الرئيس الكيني", "الحوار", act="CALL-FOR", codes=("KEN",), parent=0))),
    Case("a reporting verb that reads as a noun ends the name before it",
         "وكانت الصحيفة كتبت أن الرئيس خالد العمري طلب من الحكومة إرسال مراقبين.",
         (said("كتبت", None, "الرئيس خالد العمري طلب من الحكومة إرسال مراقبين"),
          said("طلب", "خالد العمري", "إرسال مراقبين", act="REQUEST", parent=0))),
    Case("«ب» before a noun of speech is the complement, not the occasion",
         "ونددت الخارجية البرتغالية، أمس، بتصريحات السفير.",
         (said("نددت", "الخارجية البرتغالية", "تصريحات السفير", act="CONDEMN", form="nominal", codes=("PRT",)),)),
    Case("«دون أن» opens a circumstance, not the content",
         "وأفاد المتحدث باسم الشرطة دون أن يحدد مكان الحادث بأن ثلاثة أشخاص أوقفوا.",
         (said("أفاد", "المتحدث باسم الشرطة", "ثلاثة أشخاص أوقفوا"),)),
    Case("«عبر» is a verb at the start of a sentence and a preposition elsewhere",
         "وعبر أعضاء المجلس عن قلقهم من التصعيد. وتصل المساعدات عبر الميناء.",
         (said("عبر", "أعضاء المجلس", "قلقهم من التصعيد", act="EXPRESS"),)),
    Case("all parties are called upon, they do not call",
         "قال الوسيط النرويجي إن الوقت ينفد، ودعا جميع الأطراف إلى ضبط النفس.",
         (said("قال", "الوسيط النرويجي", "الوقت ينفد"),
          said("دعا", "الوسيط النرويجي", "ضبط النفس", act="CALL-FOR", mention=None))),
    Case("a negated cue says so",
         "ولم تؤكد الوزارة وقوع أي إصابات.",
         (said("تؤكد", "الوزارة", "وقوع أي إصابات", negated=True),)),
    Case("the document before «أشار فيه» holds the words; who issued it speaks",
         "وأصدر مكتب رئيس الوزراء بيانا أشار فيه إلى أن المباحثات بدأت.",
         (said("أشار", "مكتب رئيس الوزراء", "المباحثات بدأت"),)),
    Case("a city that somebody speaks of in a relative clause does not speak",
         "وتفقد وزير الداخلية الكيني المدن التي قال إنها شهدت توترا.",
         (said("قال", "وزير الداخلية الكيني", "شهدت توترا", mention=None),)),
]
PARTICIPLES = [
    Case("a participle takes the speaker of its sentence",
         "وأكدت الوزيرة السويدية أن الاتفاق جاهز، مضيفة أن التوقيع سيتم قريبا.",
         (said("أكدت", "الوزيرة السويدية", "الاتفاق جاهز", act="STRESS"),
          said("مضيفة", "الوزيرة السويدية", "التوقيع سيتم قريبا", act="STATE", mention=None))),
    Case("a participle of manner between verb and colon is no subject",
         "وأضافت الوزيرة قائلة: \"لن نقبل بهذه الشروط أبدا\".",
         (said("أضافت", "الوزيرة", "\"لن نقبل بهذه الشروط أبدا\"", form="direct"),)),
    Case("a second verb without subject goes on in the turn",
         "قال الخبير البولندي إن السوق مستقرة. وأضاف أن الأسعار لن ترتفع.",
         (said("قال", "الخبير البولندي", "السوق مستقرة"),
          said("أضاف", "الخبير البولندي", "الأسعار لن ترتفع", mention=None))),
]
NOUNS = [
    Case("a verbal noun with its subject and the one spoken to",
         "وجاء القرار بعد اتهام النرويج لكندا بتأخير الشحنات.",
         (said("اتهام", "النرويج", "تأخير الشحنات", act="ACCUSE", codes=("NOR",)),)),
    Case("a definite verbal noun with «على أن», its speaker understood",
         "وختم الوزير الكيني كلمته بالتأكيد على أن الحدود مفتوحة.",
         (said("التأكيد على", "الوزير الكيني", "الحدود مفتوحة", act="STRESS"),)),
    Case("«إعلان تركيا …» is what Turkey said, not a document",
         "وارتفعت الأسعار منذ إعلان تركيا إغلاق المضيق.",
         (said("إعلان", "تركيا", "إغلاق المضيق", act="ANNOUNCE"),)),
]
PHRASES = [
    Case("according-to phrase behind its clause",
         "وصل الوفد إلى العاصمة، بحسب مصدر دبلوماسي.",
         (said("بحسب", "مصدر دبلوماسي", "وصل الوفد إلى العاصمة", kind="unnamed"),)),
    Case("according-to phrase before its clause, no comma between",
         "وبحسب الأمم المتحدة قتل أكثر من أربعة آلاف شخص.",
         (said("بحسب", "الأمم المتحدة", "قتل أكثر من أربعة آلاف شخص", codes=("UN",), kind="institution"),)),
    Case("what an outlet published attributes too",
         "ودخلت العملية عامها الثاني، وفقا لما نشرته وكالة الأنباء الأرمنية.",
         (said("وفقا لما نشرته", "وكالة الأنباء الأرمنية", "دخلت العملية عامها الثاني", kind="outlet"),)),
    Case("experts under «بحسب» assess",
         "وبحسب الخبير الياباني كنجي تاناكا، فإن الأزمة ستطول.",
         (said("بحسب", "كنجي تاناكا", "الأزمة ستطول", act="ASSESS"),)),
    Case("«وفق الاتفاق» means in accordance with it",
         "وانسحبت القوات وفق الاتفاق الموقع في جنيف.", ()),
    Case("a tag is neither statement nor content",
         "وقال السفير الهندي إن الهدنة انهارت، على حد قوله.",
         (said("قال", "السفير الهندي", "الهدنة انهارت"),)),
]
FORMULAS = [
    Case("«يذكر أن» is background", "يذكر أن البلدين يتبادلان السفراء منذ عام.", ()),
    Case("«من المتوقع أن» is nobody's expectation", "ومن المتوقع أن تعقد القمة غدا.", ()),
    Case("«تجدر الإشارة» is background", "وتجدر الإشارة إلى أن المعبر أغلق قبل شهر.", ()),
    Case("«ما لا يقل عن» counts, it does not say", "وقتل ما لا يقل عن سبعة أشخاص في الانهيار.", ()),
    Case("a physical act is no statement", "أضاف اللاعب هدفا ثانيا قبل نهاية المباراة.", ()),
]
HEADLINES = [
    Case("«X: …» in a title attributes",
         "الخارجية النرويجية: لن نشارك في القمة\n\nأوسلو - عقد الوفد اجتماعا.",
         (said(":", "الخارجية النرويجية", "لن نشارك في القمة", form="headline", codes=("NOR",)),)),
    Case("place and byline before the text are no attribution",
         "العواصم: الوكالات\n\nعقد الوفد اجتماعا في المدينة.", ()),
]
QUOTES = [
    Case("a colon and a quotation that runs over two sentences",
         "وقال الرئيس الكيني: \"لن نتراجع أبدا. سنواصل العمل حتى النهاية\".",
         (said("قال", "الرئيس الكيني", "\"لن نتراجع أبدا. سنواصل العمل حتى النهاية\"", form="direct"),)),
    Case("the cue after its quotation",
         "\"الطريق إلى السلام طويل وشاق\"، قال المبعوث النرويجي.",
         (said("قال", "المبعوث النرويجي", "\"الطريق إلى السلام طويل وشاق\"", form="direct"),)),
    Case("one quotation broken by its cue has two spans",
         "\"هذا القرار لا رجعة فيه\"، قال الوزير الكيني، \"وسنطبقه في موعده المحدد\".",
         (said("قال", "الوزير الكيني", "\"هذا القرار لا رجعة فيه\"", "\"وسنطبقه في موعده المحدد\""),)),
    Case("a name in marks behind the verb speaks; it is not what is said",
         "وأعلنت \"كتائب الفجر\"، أمس، أن المعركة انتهت.",
         (said("أعلنت", "كتائب الفجر", "المعركة انتهت"),)),
    Case("a quotation over two paragraphs belongs whole",
         "وقال الرئيس الكيني: «بلادنا لن تتراجع عن مواقفها.\nوسنواصل العمل حتى النهاية».",
         (said("قال", "الرئيس الكيني", "«بلادنا لن تتراجع عن مواقفها.\nوسنواصل العمل حتى النهاية»"),)),
    Case("a phrase in marks under a characterising verb",
         "ووصف الوزير الكيني القرار بأنه \"خطوة خطيرة جدا\".",
         (said("وصف", "الوزير الكيني", "\"خطوة خطيرة جدا\"", act="CHARACTERIZE", form="fragment"),)),
]
RELAYS = [
    Case("a relay and its source hold the same words, the source inside",
         "ونقلت وكالة الأنباء الأرمنية عن وزير الدفاع قوله إن الحدود آمنة.",
         (said("نقلت", "وكالة الأنباء الأرمنية", "الحدود آمنة", act="RELAY", kind="outlet"),
          said("قوله", "وزير الدفاع", "الحدود آمنة", act="STATE", parent=0))),
    Case("without «قوله» the cue of the source is «عن»",
         "ونقلت وكالة الأنباء الأرمنية عن مصدر عسكري أن الحدود آمنة.",
         (said("نقلت", "وكالة الأنباء الأرمنية", "الحدود آمنة", act="RELAY"),
          said("عن", "مصدر عسكري", "الحدود آمنة", kind="unnamed", parent=0))),
]
SPEAKERS = [
    Case("several speakers are one statement with all their codes",
         "ونددت مصر والأردن بالهجوم على القافلة.",
         (said("نددت", "مصر والأردن", "الهجوم على القافلة", kind="collective", codes=("EGY", "JOR")),)),
    Case("joined speakers before their verb",
         "وكانت مصر والأردن قد أدانتا الهجوم على القافلة.",
         (said("أدانتا", "مصر والأردن", "الهجوم على القافلة", kind="collective", codes=("EGY", "JOR")),)),
    Case("a capital speaks for its state",
         "وأعلنت أوسلو أن المعبر مفتوح.",
         (said("أعلنت", "أوسلو", "المعبر مفتوح", kind="state", codes=("NOR",)),)),
    Case("the feminine verb does not keep a state with a masculine name from being its subject",
         "العراق تدعو إيران إلى سحب قواتها من الحقل.",
         (said("تدعو", "العراق", "سحب قواتها من الحقل", codes=("IRQ",)),)),
    Case("a document speaks",
         "وجاء في بيان مشترك أن الجانبين اتفقا على المتابعة.",
         (said("جاء في", "بيان مشترك", "الجانبين اتفقا على المتابعة", kind="document"),)),
    Case("a document that was published somewhere first",
         "وجاء في بيان للحركة، نشر على موقعها: \"لن نلقي السلاح قبل خروج القوات\".",
         (said("جاء في", "بيان للحركة", "\"لن نلقي السلاح قبل خروج القوات\"", kind="document"),)),
    Case("«الوزارة» is the ministry named by its portfolio alone",
         "طردت الخارجية النرويجية أربعة دبلوماسيين. وقالت الوزارة إن القرار نهائي.",
         (said("قالت", "الخارجية النرويجية", "القرار نهائي", codes=("NOR",)),)),
    Case("«الخبراء» are the experts named before",
         "قدم خبراء الأمم المتحدة تقريرا جديدا. وقال الخبراء إن الوضع صعب.",
         (said("قال", "خبراء الأمم المتحدة", "الوضع صعب", codes=("UN",)),)),
    Case("«سموه» is a pronoun",
         "واستقبل الشيخ سالم بن راشد الوفد. وقال سموه إن العلاقات متينة.",
         (said("قال", "سالم بن راشد", "العلاقات متينة"),)),
    Case("a turn marker and a full mention begin a new turn",
         "قال الوزير الكيني إن المحادثات فشلت. من جانبه، قال السفير الهندي إن الحوار مستمر. وأضاف أن الوقت كاف.",
         (said("قال", "الوزير الكيني", "المحادثات فشلت"),
          said("قال", "السفير الهندي", "الحوار مستمر"),
          said("أضاف", "السفير الهندي", "الوقت كاف", mention=None))),
    Case("the office behind a long title belongs to the name",
         "وقالت مفوضة الطاقة بالاتحاد الأوروبي كارين لوندستروم إن الغاز كاف.",
         (said("قالت", "كارين لوندستروم", "الغاز كاف", kind="person", codes=("EU",)),)),
    Case("an outlet has the state that its adjective gives",
         "وأفادت محطة سي إن إن الإخبارية الأمريكية بأن المحادثات انهارت.",
         (said("أفادت", "محطة سي إن إن الإخبارية الأمريكية", "المحادثات انهارت", kind="outlet", codes=("USA",)),)),
    Case("a company by its name alone is the company named in full before, with its state",
         "أوقفت شركة غازوم الفنلندية الضخ. وقالت \"غازوم\" إن الغاز سينقطع.",
         (said("قالت", "شركة غازوم الفنلندية", "الغاز سينقطع", codes=("FIN",)),)),
    Case("a party that somebody is of is his affiliation, though another party is named",
         "وقال كارل ليندمان من حزب الوسط إن القرار خاطئ. وكان حزب الغد قد أيد القرار.",
         (said("قال", "كارل ليندمان", "القرار خاطئ", codes=("حزب الوسط",)),
          said("أيد", "حزب الغد", "القرار", act="SUPPORT"))),
    Case("a pronoun that names the speaker is the mention",
         "واجتمع الوزير الكيني بالصحفيين، ووفقا له فإن المحادثات انتهت.",
         (said("وفقا ل", "الوزير الكيني", "المحادثات انتهت", mention="ه"),)),
]  # fmt: skip
CASES = [*VERBS, *PARTICIPLES, *NOUNS, *PHRASES, *FORMULAS, *HEADLINES, *QUOTES, *RELAYS, *SPEAKERS]


def found(reading: Reading) -> list[dict[str, Any]]:
    """The statements of a reading with the fields that cases name."""
    order = {statement.id: index for index, statement in enumerate(reading.statements)}
    return [
        {
            "cue": s.cue.quote, "speaker": s.speaker.name, "content": [c.quote for c in s.content], "act": s.act,
            "form": s.form, "kind": s.speaker.kind, "codes": tuple(s.speaker.affiliation), "negated": s.negated,
            "mention": s.speaker.mention.quote if s.speaker.mention else None,
            "parent": order[s.parent] if s.parent else None,
        }
        for s in reading.statements
    ]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_statements(case: Case) -> None:
    statements = found(marsad.read(case.text))
    named = [
        {key: value for key, value in statement.items() if index >= len(case.said) or key in case.said[index]}
        for index, statement in enumerate(statements)
    ]
    wanted = [dict(one) for one in case.said]
    for one, statement in zip(wanted, named, strict=False):
        if one.get("speaker") is None:
            one.pop("speaker"), statement.pop("speaker")
    assert named == wanted


def test_every_quote_stands_in_the_text() -> None:
    for case in CASES:
        for statement in marsad.read(case.text).statements:
            for span in (statement.cue, *statement.content):
                assert case.text[span.start : span.end] == span.quote
