"""Time, place, mode, contexts and repetition of events."""

from __future__ import annotations

import marsad
from marsad.records import Event


def event(text: str, kind: str, trigger: str = "") -> Event:
    events = marsad.read(text, date="2025-05-05").events
    return next(e for e in events if e.type == kind and trigger in e.trigger.quote)


def value(found: Event) -> str | None:
    return found.time.value if found.time else None


def test_a_time_in_the_clause_dates_the_event() -> None:
    assert value(event("طردت مالطا سفير توغو في 3 مارس 2024.", "SANCTION")) == "2024-03-03"


def test_how_long_something_lasts_is_no_date() -> None:
    assert value(event("قصفت توغو مواقع في فيجي التي تحكمها حكومة واحدة منذ 2010.", "ASSAULT")) is None


def test_when_it_was_said_does_not_date_what_is_said() -> None:
    text = "قال وزير خارجية مالطا أمس إن توغو قصفت مواقع في فيجي."
    assert value(event(text, "ASSAULT")) is None


def test_place_with_coordinates() -> None:
    place = event("اجتمع وزيرا خارجية فيجي وتوغو في باريس.", "CONSULT").place
    assert place is not None
    assert (place.span.quote, place.country) == ("باريس", "FRA")
    assert place.latitude is not None
    assert round(place.latitude) == 49


def test_who_is_spoken_to_is_no_place() -> None:
    assert event("اتصلت مالطا بتوغو لبحث الأزمة.", "CONSULT").place is None


def test_words_give_the_mode() -> None:
    assert event("قصفت طائرات مسيرة من توغو مواقع في فيجي.", "ASSAULT", "قصفت").mode == "drone"
    assert event("طالبت مالطا بالإفراج عن سفيرها في توغو.", "REQUEST").mode == "yield"


def test_words_give_contexts() -> None:
    assert "cbrn" in event("اتهمت مالطا توغو بتطوير سلاح نووي.", "ACCUSE").contexts


def test_headline_and_lead_tell_one_event() -> None:
    text = (
        "أيسلندا تطرد سفير سورينام\n\n"
        "طردت أيسلندا اليوم سفير سورينام من ريكيافيك. وقال محلل إن الطرد لم يكن متوقعا.\n\n"
        "واتهمت أيسلندا سورينام بالتجسس."
    )
    events = [e for e in marsad.read(text, date="2025-05-05").events if e.type == "SANCTION"]
    assert len(events) >= 2
    assert [e.same_as for e in events if e.targets] == [None, *[events[0].id] * (len(events) - 1)]


def test_two_acts_of_one_kind_stay_two() -> None:
    text = "أدانت مالطا قصف توغو ميناء في الجنوب. وأدانت مالطا كذلك اعتقال توغو صحفيين في العاصمة."
    events = [e for e in marsad.read(text, date="2025-05-05").events if e.type == "ACCUSE"]
    assert [e.same_as for e in events] == [None] * len(events)
