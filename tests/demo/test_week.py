"""The demo's mission: cards as the rules keep them, partners for everybody, and three days around now."""

from webinar_server.demo import week
from webinar_server.demo.cast import CAST_MAX, cast
from webinar_server.demo.organisations import ORGANISATIONS
from webinar_server.demo.wishes import WISHES
from webinar_server.mission.cards import CLEAN

NOW = 1_800_000_000_000
GUESTS = cast(2020, 300)


def test_every_organisation_says_what_it_works_in_offers_and_seeks() -> None:
    assert set(WISHES) == {organisation.name for organisation in ORGANISATIONS}
    assert all(wishes.sectors and wishes.offers and wishes.seeks for wishes in WISHES.values())


def test_a_card_passes_the_rules_unchanged() -> None:
    for card in [*map(week.card_of, cast(2020, CAST_MAX)), week.HOST_CARD, week.READER_CARD]:
        assert {field: CLEAN[field](value, field) for field, value in card.items()} == card


def test_addresses_are_distinct_and_lead_nowhere() -> None:
    addresses = {str(week.card_of(guest)["email"]) for guest in GUESTS}
    assert len(addresses) == len(GUESTS) and all(address.endswith(".example") for address in addresses)


def test_everybody_finds_somebody_who_offers_what_they_seek() -> None:
    offered = {tag for guest in GUESTS for tag in week.card_of(guest)["offers"]}
    lonely = [name for name, wishes in WISHES.items() if not offered & set(wishes.seeks)]
    assert lonely == []
    charging = {
        guest.organisation.name for guest in GUESTS if "Depot charging" in week.card_of(guest)["offers"]
    }
    assert "Depot charging" in week.READER_CARD["seeks"] and len(charging) >= 3


def test_the_programme_is_of_three_days_and_one_is_on_now() -> None:
    slots = [week.times(planned, NOW) for planned in week.PROGRAMME]
    assert slots == sorted(slots) and len({planned.session for planned in week.PROGRAMME}) == len(slots)
    assert sum(begins <= NOW < ends for begins, ends in slots) == 1
    assert slots[0][0] >= NOW - week.DAY_MS - week.HOUR_MS and slots[-1][1] <= NOW + 2 * week.DAY_MS


def test_who_was_there_before_came_while_it_was_on() -> None:
    hours = {planned.session: week.times(planned, NOW) for planned in week.PROGRAMME}
    told = list(week.attended(GUESTS, NOW))
    assert all(hours[session][0] <= came < hours[session][1] < NOW for _, session, came, _ in told)
    assert {guest.id for guest, *_ in told} == {guest.id for guest in GUESTS if guest.seen_before}
    assert any(greeted for *_, greeted in told) and not all(greeted for *_, greeted in told)


def test_every_session_is_led_by_somebody_and_the_audience_has_its_speakers() -> None:
    for planned in week.PROGRAMME:
        hosts, speakers = week.led_by(planned, GUESTS)
        assert planned.ours or hosts
        assert len(hosts) + len(speakers) >= len(planned.houses)
    [live] = [planned for planned in week.PROGRAMME if not planned.after]
    assert week.led_by(live, GUESTS)[1] == tuple(guest.id for guest in GUESTS if guest.speaker)
