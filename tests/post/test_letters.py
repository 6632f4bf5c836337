"""What stands in a letter: the receiver's language, their link, no more; and nothing foreign in its head."""

from __future__ import annotations

from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Any

import pytest
from icalendar import Calendar

from tests.mission.scene import Scene, scene
from webinar_server.mission.letters import Letter
from webinar_server.mission.programme import HOUR_MS
from webinar_server.post.html import ink_on
from webinar_server.post.letter import Ways, written
from webinar_server.post.words import EN, NL, WORDS, days

AT = 1_800_000_000_000
SENDER = Address("", addr_spec="post@live.example")
WAYS = Ways(
    link=lambda mission, to: f"https://live.example/mission/{mission}#{to.id}-token",
    stop=lambda mission, to, about: f"https://live.example/mission/{mission}/letters/{to.id}-stop",
    session=lambda slot: f"https://live.example/session/{slot.id}",
)


def letter(
    story: Any, about: Any = "invitation", to: str = "ada", of: str = "", at: int = AT
) -> EmailMessage:
    kept = Letter(id=f"{about}.{to}", to=to, about=about, announcement=of, mark="m1", asked=at, due=at)
    message = written(story.state, kept, SENDER, WAYS, at)
    # as it comes in
    came: Any = message_from_bytes(message.as_bytes(policy=SMTP.clone(cte_type="7bit")), policy=default)
    assert isinstance(came, EmailMessage)
    return came


def text(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def called(**card: Any) -> Scene:
    return scene("ada").given("ori", "change_card", participant="ada", **card)  # type: ignore[return-value]


def test_it_is_from_the_mission_to_its_receiver_with_their_link() -> None:
    came = letter(scene("ada"))
    assert came["From"] == "Electric mobility <post@live.example>" and came["To"] == "Ada <ada@example.org>"
    assert came["Message-ID"] == "<m1.invitation.ada@live.example>"
    assert came["Auto-Submitted"] == "auto-generated" and came["Content-Language"] == "en"
    for kind in ("plain", "html"):
        assert text(came, kind).count("https://live.example/mission/ev-2027#ada-token") == 1
    assert "1 to 5 March 2027, The Hague · San Francisco" in text(came)


@pytest.mark.parametrize(
    ("card", "language"),
    [
        ({"languages": ["nl", "en"]}, "nl"),
        ({"languages": ["en", "nl"]}, "en"),
        ({"languages": ["fr", "nl"]}, "nl"),
        ({"country": "NL"}, "nl"),
        ({"country": "NL", "languages": ["de"]}, "en"),
        ({"country": "US"}, "en"),
    ],
)
def test_it_is_in_the_receivers_language(card: dict[str, Any], language: str) -> None:
    came = letter(called(**card))
    assert came["Content-Language"] == language
    assert ("Je bent uitgenodigd" in text(came)) == (language == "nl")


@pytest.mark.parametrize(
    ("card", "language"),
    [
        ({}, "nl"),
        ({"country": "US"}, "nl"),
        ({"languages": ["de"]}, "nl"),
        ({"languages": ["en"]}, "en"),
    ],
)
def test_who_names_no_language_of_ours_gets_that_in_which_they_were_invited(
    card: dict[str, Any], language: str
) -> None:
    story = scene().given("ori", "invite", id="bo", name="Bo", email="bo@example.org", reads="nl", **card)
    assert letter(story, to="bo")["Content-Language"] == language


def test_of_whom_nothing_tells_what_they_read_an_organiser_who_writes_to_them_does() -> None:
    story = scene("ada").given("ori", "send_letters", kind="invitation", participants=["ada"], reads="nl")
    assert letter(story)["Content-Language"] == "nl"
    story = called(country="US").given(
        "ori", "send_letters", kind="invitation", participants=["ada"], reads="nl"
    )
    assert letter(story)["Content-Language"] == "en"


def test_both_languages_have_all_letters_with_the_same_parts() -> None:
    assert EN.letters.keys() == NL.letters.keys()
    for about, en in EN.letters.items():
        nl = NL.letters[about]
        assert (len(en.lines), bool(en.button)) == (len(nl.lines), bool(nl.button))
    assert len(EN.months) == len(NL.months) == 12 and set(WORDS) == {"en", "nl"}


def test_how_to_get_no_more_stands_where_a_letter_answers_nothing_alone() -> None:
    for about in ("invitation", "reminder"):
        came = letter(scene("ada"), about)
        assert came["List-Unsubscribe"] == "<https://live.example/mission/ev-2027/letters/ada-stop>"
        assert came["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "/letters/ada-stop" in text(came) and "/letters/ada-stop" in text(came, "html")
    for about in ("link", "admitted"):
        came = letter(scene("ada"), about)
        assert came["List-Unsubscribe"] is None and "/letters/" not in text(came)


def test_in_html_it_is_words_that_are_pressed_for_no_address_is_as_narrow_as_a_phone() -> None:
    page = text(letter(scene("ada")), "html")
    assert ">No more letters of this kind</a>" in page
    assert page.count("https://live.example/mission/ev-2027/letters/ada-stop") == 1


def test_who_filled_in_the_form_is_told_what_to_do_if_it_was_somebody_else() -> None:
    story = scene().given("server", "apply", id="bo", name="Bo", email="bo@example.org", admitted=True)
    kept = story.state.get(Letter, "welcome.bo")
    assert kept is not None and kept.state == "queued"
    came = letter(story, "welcome", to="bo")
    assert "as Bo" in text(came) and "leave the mission" in text(came)
    assert "#bo-token" in text(came) and came["List-Unsubscribe"] is None


def test_who_is_out_or_not_in_yet_gets_no_link() -> None:
    story = scene("ada").given("ori", "decline", participant="ada", reason="Full & closed <b>")
    came = letter(story, "declined")
    assert "#" not in text(came) and "Full & closed <b>" in text(came)
    assert "Full &amp; closed &lt;b&gt;" in text(came, "html") and "<b>" not in text(came, "html")
    story = scene().given("server", "apply", id="ada", name="Ada", email="ada@example.org")
    assert "token" not in letter(story, "applied").as_string()


def test_an_announcement_stands_in_it_as_it_was_said() -> None:
    story = scene("ada").given("ori", "announce", id="a1", text="Lunch <b>at</b> noon\nin {title}.")
    came = letter(story, "announcement", of="a1")
    assert "Lunch <b>at</b> noon" in text(came) and "in {title}." in text(came)
    assert "Lunch &lt;b&gt;at&lt;/b&gt; noon\nin {title}." in text(came, "html").replace("\r", "")
    assert " writes to you:" in text(came) and came["List-Unsubscribe"] is not None


def test_their_sessions_come_along_for_their_calendar() -> None:
    assert list(letter(scene("ada")).iter_attachments()) == []
    story = scene("ada").given(
        "ori",
        "plan_slot",
        session="depots",
        title="Depots",
        starts_at=AT,
        ends_at=AT + HOUR_MS,
        hosts=["ada"],
    )
    (attached,) = letter(story).iter_attachments()
    assert attached.get_content_type() == "text/calendar" and attached.get_param("method") == "PUBLISH"
    events = list(Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT"))
    assert [event["summary"] for event in events] == ["Depots"]
    # and who leads one reads when, without opening that
    for about in ("invitation", "welcome", "admitted"):
        line = "You lead “Depots”: 15 January 2027, 09:00 The Hague · 00:00 San Francisco."
        assert line in text(letter(story, about)).replace("\n", " ")
    assert "You lead" not in text(letter(story, "declined"))
    story.given("ori", "change_slot", slot="depots", hosts=["ori"], speakers=["ada"])
    told = text(letter(story, "leads")).replace("\n", " ")
    assert "You speak in “Depots”: 15 January 2027, 09:00 The Hague" in told and "#ada-token" in told


def test_who_organises_now_is_told_where() -> None:
    story = scene("ada").given("ori", "change_role", participant="ada", role="organiser")
    came = letter(story, "organiser")
    assert came["Subject"] == "You organise Electric mobility, too" and "#ada-token" in text(came)
    assert came["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "name", ["Ada, Countess", 'Ada "the" Bold', "Łukasz Żółć", "Ada <ada@evil.example>", "عبد الله"]
)
def test_whatever_somebody_is_called_the_head_says_one_receiver(name: str) -> None:
    came = letter(called(name=name))
    (address,) = came["To"].addresses
    assert (address.display_name, address.addr_spec) == (name, "ada@example.org")


def test_no_words_of_people_make_a_line_of_the_head() -> None:
    story = scene("ada").given("ori", "change_mission", title="Grid\r\nBcc: eve@evil.example\r\n\r\nHi")
    came = letter(story)
    assert came["Bcc"] is None and came.defects == []
    assert "\n" not in came["Subject"] and set(came.keys()) >= {"From", "To", "Subject", "Date", "Message-ID"}


def test_an_address_beyond_ascii_is_written_as_mail_servers_read_it() -> None:
    came = letter(called(email="ada@bücher.example"))
    assert came["To"].addresses[0].addr_spec == "ada@xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("first", "last", "en", "nl"),
    [
        ("2027-03-01", "2027-03-05", "1 to 5 March 2027", "1 t/m 5 maart 2027"),
        ("2027-03-01", "2027-03-01", "1 March 2027", "1 maart 2027"),
        ("2027-02-28", "2027-03-01", "28 February to 1 March 2027", "28 februari t/m 1 maart 2027"),
        (
            "2027-12-30",
            "2028-01-02",
            "30 December 2027 to 2 January 2028",
            "30 december 2027 t/m 2 januari 2028",
        ),
    ],
)
def test_days_are_said_as_people_say_them(first: str, last: str, en: str, nl: str) -> None:
    assert (days(first, last, "en"), days(first, last, "nl")) == (en, nl)


def test_words_on_the_button_are_read_on_any_colour() -> None:
    assert (ink_on("#000000"), ink_on("#ffffff"), ink_on("#0b5fa5")) == ("#ffffff", "#000000", "#ffffff")
