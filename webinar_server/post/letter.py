"""Letter: what is sent, of what is so now: text and HTML, in its receiver's language, with their link.

People's words stand in it as text, and in no header but cleaned: the header fields are written by the
library, which takes no line break. A link is made anew for each letter, and stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from html import escape
from typing import NamedTuple

from webinar_server.calendar import Mailed, begins_everywhere, calendar_of, first_day
from webinar_server.mission.announcements import Announcement
from webinar_server.mission.attending import sessions_of
from webinar_server.mission.letters import BULK, Letter
from webinar_server.mission.meetings import Meeting
from webinar_server.mission.mission import Mission, the_mission
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import Slot, sessions_with
from webinar_server.post import meetings
from webinar_server.post.follow_ups import follow_ups
from webinar_server.post.html import BELOW, BUTTON, LINE, PAGE, ink_on
from webinar_server.post.missed import missed
from webinar_server.post.words import WORDS, Language, day_of, days, language_of
from webinar_server.state import Records

ACCENT = "#0b6b67"

LEADS_MAX = 10
"""Sessions that a letter names; all are in its calendar."""


LEADLESS = ("announcement", "digest")
TABS = {"digest": "messages", "follow_up": "contacts"}
"""Of the page that a letter's link leads to."""
"""Letters that have a button, and say nothing of the programme."""


class Ways(NamedTuple):
    """Addresses that stand in letters: a participant's link, how they get no more, and where a session is."""

    link: Callable[[str, Participant], str]
    stop: Callable[[str, Participant, str], str]
    session: Callable[[Slot], str]


class Filled(NamedTuple):
    """A letter's parts, in words."""

    subject: str
    lines: list[str]
    button: str
    below: list[str]
    stop: str
    """How they get no more, in words; empty where it is an answer."""


def written(records: Records, letter: Letter, sender: Address, ways: Ways, at: int) -> EmailMessage:
    """The letter, to be sent at `at` (Unix ms); its receiver has an address."""
    mission, to = the_mission(records), records.get(Participant, letter.to)
    assert to is not None and to.email
    language = language_of(to)
    stop = ways.stop(mission.id, to, letter.about) if letter.about in BULK else ""
    has_link = bool(WORDS[language].letters[letter.about].button)
    meeting = records.get(Meeting, letter.meeting)
    method, calendar = "PUBLISH", b""
    if meeting is not None:
        method, calendar = meetings.calendar_with(
            records, letter, meeting, Mailed(sender.addr_spec, mailbox(to.email)), at
        )
    elif has_link and letter.about not in TABS and sessions_of(records, to.id):
        calendar = calendar_of(records, to.id, ways.session, at)
    link = ways.link(mission.id, to) if has_link else ""
    tab = "meetings" if meeting is not None else TABS.get(letter.about, "")
    if tab:
        link = link.replace("#", f"?tab={tab}#", 1)
    filled = _filled(records, to, letter, language, stop, bool(calendar))
    message = _addressed(mission, to, letter, sender, filled.subject, stop)
    message.set_content(_text(filled, link, stop))
    message.add_alternative(_html(filled, link, stop, language, mission.accent or ACCENT), subtype="html")
    if calendar:
        message.add_attachment(
            calendar,
            maintype="text",
            subtype="calendar",
            filename="meeting.ics" if meeting else "mission.ics",
            params={"method": method, "charset": "utf-8"},
        )
    # what begins with Content- would go along into the first part
    message["Content-Language"] = language
    return message


def _addressed(
    mission: Mission, to: Participant, letter: Letter, sender: Address, subject: str, stop: str
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = Address(sender.display_name or _header(mission.title), addr_spec=sender.addr_spec)
    message["To"] = Address(_header(to.name), addr_spec=mailbox(to.email))
    message["Subject"] = _header(subject)
    message["Date"] = datetime.fromtimestamp(letter.asked // 1000, UTC)
    # the same however often it is sent, so that who gets it twice sees it once
    message["Message-ID"] = f"<{letter.mark}.{letter.id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if stop:
        message["List-Unsubscribe"] = f"<{stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message["Precedence"] = "bulk"
    return message


def mailbox(email: str) -> str:
    """An address as mail servers read it: a domain's letters beyond ASCII are spelled otherwise there."""
    local, _, domain = email.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return email


def _header(words: str) -> str:
    """On one line, whatever came before it was cleaned."""
    return " ".join(words.split())


def _filled(
    records: Records, to: Participant, letter: Letter, language: Language, stop: str, calendar: bool
) -> Filled:
    mission, announced = the_mission(records), records.get(Announcement, letter.announcement)
    words = WORDS[language]
    text = words.letters[letter.about]
    said = {
        "title": mission.title,
        "days": days(mission.starts_on, mission.ends_on, language),
        "places": " · ".join(place.name for place in mission.places),
        "name": to.name,
        # it ends a sentence, and so may an organisation
        "who": ", ".join(filter(None, (to.name, to.organisation))).rstrip("."),
        "reason": to.reason,
        "by": announced.name if announced else "",
        "announcement": announced.text if announced else "",
    }
    meeting = records.get(Meeting, letter.meeting)
    if meeting is not None:
        return _of_meeting(records, meeting, letter, language, said)
    if letter.about == "digest":
        said |= missed(records, to.id, language)
    lines = [words.hello, *text.lines]
    listed = _listed(records, letter, language) if text.button else []
    if letter.about == "declined" and to.reason:
        lines.append(words.reason)
    below = [words.personal] if text.button else []
    below += [words.calendar] if calendar else []
    below += [words.why] if stop else []
    return Filled(
        text.subject.format(**said),
        [*(line.format(**said) for line in lines), *listed],
        text.button,
        [line.format(**said) for line in below],
        words.stop if stop else "",
    )


def _of_meeting(
    records: Records, meeting: Meeting, letter: Letter, language: Language, said: dict[str, str]
) -> Filled:
    words = WORDS[language]
    text = words.letters[letter.about]
    said = said | meetings.said_of(meeting, letter, language)
    is_bulk = letter.about in BULK
    below = [words.personal, *meetings.below(letter, language)]
    return Filled(
        text.subject.format(**said),
        [
            *(line.format(**said) for line in (words.hello, *text.lines)),
            *meetings.lines_of(records, meeting, letter, language),
        ],
        text.button,
        [line.format(**said) for line in (*below, *([words.why] if is_bulk else []))],
        words.stop if is_bulk else "",
    )


def _listed(records: Records, letter: Letter, language: Language) -> list[str]:
    """What a letter names beside its words, a line each."""
    if letter.about == "follow_up":
        return follow_ups(records, letter, language)
    return _leads(records, letter.to, language) if letter.about not in LEADLESS else []


def _leads(records: Records, host: str, language: Language) -> list[str]:
    """What somebody leads, or speaks in, a line each."""
    mission, words = the_mission(records), WORDS[language]
    slots = sorted(set(sessions_with(records, host)), key=lambda slot: (slot.starts_at, slot.id))
    return [
        (words.leads if host in slot.hosts else words.speaks).format(
            session=slot.title,
            day=day_of(first_day(mission, slot), language),
            hours=begins_everywhere(mission, slot),
        )
        for slot in slots[:LEADS_MAX]
    ]


def _text(filled: Filled, link: str, stop: str) -> str:
    button = [f"{filled.button}:\n{link}"] if link else []
    end = [f"{filled.stop}:\n{stop}"] if stop else []
    return "\n\n".join([*filled.lines, *button, *filled.below, *end]) + "\n"


def _html(filled: Filled, link: str, stop: str, language: Language, accent: str) -> str:
    button = ""
    if link:
        button = BUTTON.format(
            link=escape(link), accent=accent, ink=ink_on(accent), words=escape(filled.button)
        )
    return PAGE.format(
        language=language,
        subject=escape(filled.subject),
        lines="".join(LINE.format(escape(line)) for line in filled.lines),
        button=button,
        below="".join(BELOW.format(line) for line in (*map(escape, filled.below), *_stop(filled.stop, stop))),
    )


def _stop(words: str, address: str) -> list[str]:
    """Words that can be pressed: the address itself is wider than a phone."""
    return [f'<a href="{escape(address)}" style="color:inherit">{escape(words)}</a>'] if address else []
