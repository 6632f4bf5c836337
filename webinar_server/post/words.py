"""Words of letters, in English and Dutch: what stands in which, and how days are said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from webinar_server.mission.letters import LetterKind
from webinar_server.mission.participants import Participant
from webinar_server.post import words_of_meetings, words_of_waiting

Language: TypeAlias = Literal["en", "nl"]


class Text(NamedTuple):
    """A letter: `{title}`, `{days}`, `{places}`, `{name}` and `{who}` are filled in."""

    subject: str
    lines: tuple[str, ...]
    button: str = ""


class Words(NamedTuple):
    """What stands in letters of one language."""

    hello: str
    personal: str
    calendar: str
    reason: str
    why: str
    stop: str
    leads: str
    speaks: str
    more: str
    months: tuple[str, ...]
    between: str
    letters: Mapping[LetterKind, Text]


EN = Words(
    hello="Hello {name},",
    personal="The link is yours alone: whoever has it comes in as you. Please do not pass it on.",
    calendar="Your sessions are attached, for your calendar.",
    reason="What the organisers say: {reason}",
    why="You get this letter because you take part in {title}, or were invited to.",
    stop="No more letters of this kind",
    leads="You lead “{session}”: {day}, {hours}.",
    speaks="You speak in “{session}”: {day}, {hours}.",
    more="{n} more",
    months=(
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    between="{first} to {last}",
    letters={
        "invitation": Text(
            "You are invited: {title}",
            (
                "You are invited to take part in {title}: {days}, {places}.",
                "One link is your way in, all week.",
            ),
            "See who takes part",
        ),
        "reminder": Text(
            "{title}: your link",
            (
                "You are invited to {title}: {days}, {places}. You have not been in yet.",
                "Look who takes part, and what is on:",
            ),
            "Go in",
        ),
        "link": Text(
            "Your link to {title}",
            (
                "Here is your link to {title}. You take part as {who}.",
                "Did you not ask for it? Then somebody else did. It went to this address alone, and you need"
                " do nothing.",
            ),
            "Go in",
        ),
        "welcome": Text(
            "You take part in {title}",
            (
                "You take part in {title}, as {who}: {days}, {places}.",
                "One link is your way in, all week, on any device.",
                "Was it not you who filled in the form? Then somebody gave your address. Go in and leave the"
                " mission, on the page “Me”: then they are out, too.",
            ),
            "Go in",
        ),
        "applied": Text(
            "{title}: the organisers have your application",
            (
                "You asked to take part in {title}, as {who}.",
                "An organiser looks at it. You get a letter with your link as soon as it is decided.",
            ),
        ),
        "admitted": Text(
            "You take part in {title}",
            (
                "The organisers admitted you to {title}: {days}, {places}.",
                "One link is your way in, all week.",
            ),
            "Go in",
        ),
        "announcement": Text("{title}: an announcement", ("{by} writes to you:", "{announcement}"), "Go in"),
        "organiser": Text(
            "You organise {title}, too",
            (
                "You are an organiser of {title} now: {days}, {places}.",
                "Your link leads to where you do that.",
            ),
            "Organise",
        ),
        "leads": Text(
            "{title}: your part in the programme",
            ("You have a part in the programme of {title}:",),
            "See the programme",
        ),
        **{about: Text(*text) for about, text in words_of_meetings.EN.letters.items()},
        **{about: Text(*text) for about, text in words_of_waiting.EN.items()},
        "declined": Text(
            "About your part in {title}", ("The organisers decided that you do not take part in {title}.",)
        ),
    },
)

NL = Words(
    hello="Hallo {name},",
    personal="De link is alleen van jou: wie hem heeft, komt onder jouw naam binnen. Geef hem niet door.",
    calendar="Je sessies zitten erbij, voor je agenda.",
    reason="De organisatoren schrijven: {reason}",
    why="Je krijgt deze brief omdat je meedoet aan {title}, of bent uitgenodigd.",
    stop="Geen brieven van deze soort meer",
    leads="Je leidt ‘{session}’: {day}, {hours}.",
    speaks="Je spreekt in ‘{session}’: {day}, {hours}.",
    more="en nog {n}",
    months=(
        *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
        *("augustus", "september", "oktober", "november", "december"),
    ),
    between="{first} t/m {last}",
    letters={
        "invitation": Text(
            "Je bent uitgenodigd: {title}",
            (
                "Je bent uitgenodigd voor {title}: {days}, {places}.",
                "Met één link kom je de hele week binnen.",
            ),
            "Bekijk wie er meedoen",
        ),
        "reminder": Text(
            "{title}: je link",
            (
                "Je bent uitgenodigd voor {title}: {days}, {places}. Je bent nog niet binnen geweest.",
                "Kijk wie er meedoen en wat er te doen is:",
            ),
            "Naar binnen",
        ),
        "link": Text(
            "Je link naar {title}",
            (
                "Dit is je link naar {title}. Je doet mee als {who}.",
                "Heb je er niet om gevraagd? Dan deed iemand anders dat. Hij ging alleen naar dit adres en"
                " jij hoeft niets te doen.",
            ),
            "Naar binnen",
        ),
        "welcome": Text(
            "Je doet mee aan {title}",
            (
                "Je doet mee aan {title}, als {who}: {days}, {places}.",
                "Met één link kom je de hele week binnen, op elk apparaat.",
                "Heb jij het formulier niet ingevuld? Dan gaf iemand jouw adres op. Ga naar binnen en verlaat"
                " de missie, op de pagina ‘Ik’: dan is die ander er ook uit.",
            ),
            "Naar binnen",
        ),
        "applied": Text(
            "{title}: de organisatoren hebben je aanmelding",
            (
                "Je hebt je aangemeld voor {title}, als {who}.",
                "Een organisator kijkt ernaar. Zodra er besloten is, krijg je een brief met je link.",
            ),
        ),
        "admitted": Text(
            "Je doet mee aan {title}",
            (
                "De organisatoren hebben je toegelaten tot {title}: {days}, {places}.",
                "Met één link kom je de hele week binnen.",
            ),
            "Naar binnen",
        ),
        "announcement": Text(
            "{title}: een mededeling", ("{by} schrijft je:", "{announcement}"), "Naar binnen"
        ),
        "organiser": Text(
            "Je organiseert {title} mee",
            ("Je bent nu organisator van {title}: {days}, {places}.", "Je link leidt naar waar je dat doet."),
            "Organiseren",
        ),
        "leads": Text(
            "{title}: jouw deel van het programma",
            ("Je hebt een deel van het programma van {title}:",),
            "Bekijk het programma",
        ),
        **{about: Text(*text) for about, text in words_of_meetings.NL.letters.items()},
        **{about: Text(*text) for about, text in words_of_waiting.NL.items()},
        "declined": Text(
            "Over je deelname aan {title}",
            ("De organisatoren hebben besloten dat je niet meedoet aan {title}.",),
        ),
    },
)

WORDS: Mapping[Language, Words] = {"en": EN, "nl": NL}


def language_of(participant: Participant) -> Language:
    """The first of theirs that we have; else that in which they read, and where nobody knows, that of their
    country."""
    guessed = "nl" if participant.country == "NL" and not participant.languages else "en"
    spoken = (*participant.languages, participant.reads, guessed)
    return "nl" if next(one for one in spoken if one in WORDS) == "nl" else "en"


def day_of(day: date, language: Language) -> str:
    """`1 March 2027`."""
    return f"{day.day} {WORDS[language].months[day.month - 1]} {day.year}"


def days(first: str, last: str, language: Language) -> str:
    """`1 to 5 March 2027`, of days as YYYY-MM-DD."""
    words = WORDS[language]
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    whole = day_of(end, language)
    if begin == end:
        return whole
    month = "" if (begin.month, begin.year) == (end.month, end.year) else f" {words.months[begin.month - 1]}"
    year = "" if begin.year == end.year else f" {begin.year}"
    return words.between.format(first=f"{begin.day}{month}{year}", last=whole)
