"""Words of the house: what pages and organisers call themselves, slips of it, and the session's own title."""

import pytest

from tests.session.scene import scene
from tests.session.test_imitation import refused
from webinar_server.demo import names
from webinar_server.session.imitation import imitates
from webinar_server.words.house import (
    is_doubtful,
    is_doubtful_organisation,
    is_reserved,
    is_reserved_organisation,
)
from webinar_server.words.names import alike

HOUSE = (
    "Systeembericht,Melding,Notification,Announcement,Mededeling,Notice,Noreply,No-reply,Servicedesk,"
    "Service desk,Klantenservice,Techniek,Tech,IT,Security,Beveiliging,Redactie,De redactie,Secretariaat,"
    "Producer,Productie,"
    "Mission leader,Missieleider,Leiding,Gespreksleidster,Mod,Mods,m o d,M.O.D.,Live,Stage,Poll,On stage now,"
    "Οικοδεσπότης,Juontaja,Házigazda,Moderátor,Hostitel,Usporiadateľ,Värd,Vært,Møteleder,Moderatör,Ev sahibi,"
    "میزبان,सूत्रधार,พิธีกร,Ban tổ chức,Tuan rumah,Водещ,المضـيف,الـمـنـظـم,Anna (Servicedesk)"
).split(",")

PEOPLE = (
    "Jan Bakker (IT),Ben – security,Jane Leader,Anna Poll,Tech Nguyen,Staf Peeters,Ash Charman,Livia,"
    "Mody Said,Noticia Vega,Ola Nordmann,Ivo Organ,Pat Webster,Ann Horst,Tom Hostetler,Wim Oratio,Kim Stager"
).split(",")


@pytest.mark.parametrize("name", HOUSE)
def test_a_word_of_the_house_is_nobodys_name(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_person_may_have_one_beside_their_name(name: str) -> None:
    assert not is_reserved(name) and not is_doubtful(name)


@pytest.mark.parametrize(
    "name", ["x Host", "Host X", "Organising committee", "moderatie", "Redactie", "IT", "Tech"]
)
def test_an_organisation_is_not_called_only_so(name: str) -> None:
    assert is_reserved_organisation(name)


@pytest.mark.parametrize(
    "name", ["Acme (IT)", "Shell – Security", "Live Nation", "Tech Hub", "Redactie Noord", "X"]
)
def test_an_organisation_may_have_one_beside_its_name(name: str) -> None:
    assert not is_reserved_organisation(name) and not is_doubtful_organisation(name)


@pytest.mark.parametrize(
    "name", ["Anna Hosst", "Modarator", "Modreator", "Moderatr", "Moderatoor", "Orgganiser"]
)
def test_a_word_of_the_house_with_a_slip_is_marked(name: str) -> None:
    assert is_doubtful(name) and imitates(scene().state, "attendee", name, "")


def test_nobody_of_the_demo_is_of_the_house() -> None:
    called = [name.name for these in vars(names).values() if isinstance(these, tuple) for name in these]
    assert len(called) > 200
    assert [name for name in called if is_reserved(f"Anna {name}") or is_doubtful(f"Anna {name}")] == []


# stretched


@pytest.mark.parametrize(
    "stretched", ["محمـد علي", "مـحـمـد عـلـي", "محمد ـعليـ", "مح\u0883مد علي", "محﹷمد علي"]
)
def test_letters_that_only_stretch_a_name_make_no_other(stretched: str) -> None:
    assert alike(stretched, ["محمد علي"]) and alike("محمد علي", [stretched])


@pytest.mark.parametrize(
    ("host", "stretched"), [("ߞߊߕߍ", "ߞߊߺߕߍ"), ("ᠮᠣᠩᠭᠣᠯ", "ᠮᠣ\u180aᠩᠭᠣᠯ"), ("ᠮᠣᠩᠭᠣᠯ", "ᠮᠣ\u1807ᠩᠭᠣᠯ")]
)
def test_nor_in_other_scripts(host: str, stretched: str) -> None:
    assert alike(stretched, [host])


def test_a_long_vowel_of_katakana_makes_another_name() -> None:
    assert alike("ロラ", ["ローラ"]) is None


# the title


def test_the_sessions_title_is_nobodys_name() -> None:
    story = scene().given("host", "change_session", title="Smart ports")
    for name in (
        "Smart ports",
        "SMART PORTS",
        "Ports, Smart",
        "Smart ports team",
        "Team Smart ports",
        "Smartports desk",
    ):
        assert refused(story, "attendee", name) == "person.reserved", name
        assert refused(story, "host", name) == "", name
    for organisation in (
        "Smart ports team",
        "Smart Ports crew",
        "Smart ports helpdesk",
        "Smart ports (redactie)",
    ):
        assert refused(story, "attendee", "Ben", organisation) == "organisation.reserved", organisation
    assert refused(story, "attendee", "Ben", "Smart Ports") == "", (
        "it may be what the session is called after"
    )
    assert imitates(story.state, "attendee", "Ben", "Smart Ports")
    assert refused(story, "attendee", "Ben", "Port of Smart Town") == ""
    assert not imitates(story.state, "attendee", "Ben", "Smart Ports Rotterdam B.V.")


def test_a_title_of_one_word_may_be_somebodys_first_name() -> None:
    story = scene()
    assert refused(story, "attendee", "Charging") == "" and imitates(story.state, "attendee", "Charging", "")
    assert refused(story, "attendee", "Charging team") == "person.reserved"
    assert not imitates(story.state, "attendee", "Charging Bull", "")
