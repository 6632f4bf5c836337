"""Canaries: two who are to be erased leave their words, and their ids, in every kind of record there is."""

from __future__ import annotations

from typing import Any

import msgspec

from tests.memory import CANARY, has_canary
from tests.mission.files import as_csv
from tests.mission.test_imports_http import taken
from tests.mission.test_live import TOPIC
from tests.mission.test_meetings_http import soon
from tests.web.client import Client
from webinar_server.mission import MISSION
from webinar_server.mission.programme import HOUR_MS
from webinar_server.session import SESSION
from webinar_server.state import State

ROOM = "session/depots"
WORDS, ID = "words of theirs", "their ids"

HELD: dict[str, dict[str, str]] = {
    MISSION.name: {
        **dict.fromkeys(("participant", "announcement", "import", "asking", "request", "block"), WORDS),
        **dict.fromkeys(("lead", "sharing", "meeting", "conversation", "private_message"), WORDS),
        **dict.fromkeys(("reported", "history"), WORDS),
        **dict.fromkeys(("consent", "signed_out", "slot", "cancelled", "attending", "letter"), ID),
        **dict.fromkeys(("letterbox", "moment", "declined", "asked", "reminders", "tally", "shares"), ID),
        **dict.fromkeys(("diary", "written", "reports"), ID),
        **dict.fromkeys(("mission", "picture"), "of all"),
        **dict.fromkeys(("feedback", "gone", "post", "heads"), "numbers"),
        "forgotten": "things, by ids alone",
        **dict.fromkeys(("import_part", "errand"), "gone once it is done, and looked at in scenes"),
        **dict.fromkeys(("taken", "erased"), "between topics, by ids alone"),
    },
    SESSION.name: {
        **dict.fromkeys(("person", "message", "question", "answer", "feedback", "totals", "standing"), WORDS),
        **dict.fromkeys(("vote", "loose"), WORDS),
        **dict.fromkeys(("visit", "devices", "support", "poll", "cue"), ID),
        **dict.fromkeys(("segment", "run"), "of all"),
        **dict.fromkeys(("said", "split"), "told of many, of nobody who is known; looked at in scenes"),
        **dict.fromkeys(
            ("held", "timeout", "merged", "taken_on", "together"),
            "kept from all for a while, and looked at in scenes",
        ),
        "pacing": "of all",
        "result": "who voted in a poll until it is closed, and looked at in scenes",
        "forgotten": "things, by ids alone",
        "stage": "questions, by their ids",
        "session": "of all",
        "errand": "gone once it is told, and looked at in scenes",
        **dict.fromkeys(("taken", "erased"), "between topics, by ids alone"),
    },
}
"""What of them stands in a record of each kind before they are erased, or why nothing does."""


def holding(state: State, *ids: str) -> dict[str, str]:
    """What of them stands in which kinds."""
    held: dict[str, str] = {}
    for name, kind in state.kinds.items():
        text = b"".join(map(msgspec.json.encode, state.all(kind)))
        if has_canary(text):
            held[name] = WORDS
        elif name != "erased" and any(id.encode() in text for id in ids):
            held[name] = ID
    return held


def told(topic: str) -> dict[str, str]:
    return {name: what for name, what in HELD[topic].items() if what in (WORDS, ID)}


class Cast:
    """Ada, who takes part, and Hal, who organises and leads, are to be erased; Bob and the others stay.
    Who has a line in the mission has one in its session, too."""

    def __init__(self, ids: dict[str, str], lines: dict[str, Client], hours: dict[str, Client]) -> None:
        self.ids, self.lines, self.hours = ids, lines, hours
        self.meeting = ""

    async def do(self, who: str, command: str, **args: Any) -> dict[str, Any]:
        """In the mission, as soon as it is known there that they may."""
        return dict((await self.lines[who].do(command, topic=TOPIC, **args)).get("result") or {})

    async def say(self, who: str, command: str, **args: Any) -> str:
        """In the session; the id of what came of it."""
        return str(((await self.hours[who].do(command, topic=ROOM, **args)).get("result") or {}).get("id"))

    async def sees(self, who: str, kind: str, id: str = "") -> dict[str, Any]:
        """A record of a kind, once somebody is told of it."""
        screen = self.lines[who].screen
        await self.lines[who].until(lambda: bool(id in screen.of(kind) if id else screen.of(kind)), kind)
        id = id or next(iter(screen.of(kind)))
        return {"id": id, **screen.of(kind)[id]}

    async def both_have(self, who: str, whom: str, reason: str = "") -> None:
        """Each has the other's contact."""
        asked = await self.do(who, "ask_contact", where="directory", whom=self.ids[whom], reason=reason)
        await self.sees(whom, "request", asked["id"])
        await self.do(whom, "accept_contacts", requests=[asked["id"]])
        for one, other in ((who, whom), (whom, who)):
            await self.sees(one, "lead", f"{self.ids[one]}/{self.ids[other]}")


async def in_the_mission(cast: Cast) -> None:
    """All but what comes of a session."""
    ids, ada = cast.ids, cast.ids["Ada"]
    card = {"name": f"Ada {CANARY}", "organisation": "Voltline", "pitch": f"we {CANARY}"}
    await cast.do("Ada", "change_card", **card, email=f"{CANARY}@example.org", offers=[CANARY])
    await cast.do("Bea", "change_card", organisation="Voltline")
    await cast.do("Hal", "change_card", name=f"Hal {CANARY}", organisation=f"{CANARY} works")
    await cast.do("Ada", "turn", switch="present", on=False)
    await cast.do("Ada", "attend", slot="depots")
    await cast.do("Ada", "want_letters", on=False)
    await cast.do("Ada", "want_reminders", three=False)
    await cast.do("Hal", "announce", text=f"news {CANARY}")
    await cast.do("Hal", "send_letters", kind="invitation", participants=[ids["Hal"]])
    await cast.both_have("Ada", "Bob", f"{CANARY}!")
    await cast.both_have("Hal", "Bob")
    theirs = {"notes": f"told me {CANARY}", "tags": [CANARY], "next_step": CANARY, "due": "2027-03-09"}
    await cast.do("Bob", "change_lead", lead=f"{ids['Bob']}/{ada}", **theirs)
    await between_others(cast)
    written = [f"between us: {CANARY}", f"again, {CANARY}"]
    for text in written:
        await cast.do("Ada", "write", to=ids["Bob"], text=text)
    side = await cast.sees("Bob", "conversation", f"{ids['Bob']}/{ada}")
    await cast.do("Bob", "report_message", message=side["last"]["id"], reason=f"says {CANARY}")
    await cast.do("Bob", "write", to=ada, text="And I to you.")
    await cast.lines["Ada"].until(
        lambda: _last(cast, "Ada", f"{ada}/{ids['Bob']}").get("by") == ids["Bob"], "what he wrote"
    )
    mine = _last(cast, "Ada", f"{ada}/{ids['Bob']}")["id"]
    await cast.do("Ada", "report_message", message=mine, reason=f"not {CANARY}")
    begin = await soon(cast.lines["Hal"])
    times = {"times": [begin, begin + HOUR_MS], "minutes": 20}
    place = f"https://{CANARY}.example.org/room"
    met = await cast.do("Ada", "propose_meeting", whom=ids["Bob"], note=f"a {CANARY}", place=place, **times)
    await cast.sees("Bob", "meeting", met["id"])
    cast.meeting = met["id"]
    await cast.do("Bob", "accept_meeting", meeting=met["id"], starts_at=begin)
    await cast.do("Ada", "keep_diary", zone="Europe/Amsterdam")


def _last(cast: Cast, who: str, side: str) -> dict[str, Any]:
    return dict(cast.lines[who].screen.of("conversation").get(side, {}).get("last") or {})


async def between_others(cast: Cast) -> None:
    """What waits, was declined or blocked, and what colleagues share."""
    ids, ada = cast.ids, cast.ids["Ada"]
    await cast.do("Ada", "ask_contact", where="directory", whom=ids["Cem"], reason=f"a {CANARY}")
    asked = await cast.do("Ada", "ask_contact", where="directory", whom=ids["Dee"])
    await cast.sees("Dee", "request", asked["id"])
    await cast.do("Dee", "decline_contacts", requests=[asked["id"]])
    await cast.do("Eve", "block", person=ada)
    await cast.do("Ada", "ask_sharing", whom=ids["Bea"])
    sharing = await cast.sees("Bea", "sharing")
    await cast.do("Bea", "agree_sharing", sharing=sharing["id"])


async def in_the_session(cast: Cast) -> None:
    ids, ada = cast.ids, cast.ids["Ada"]
    for number in range(30):
        await cast.say("Ada", "say", text=f"{CANARY} {number}")
    said = await cast.say("Bob", "say", text="Hello.")
    await cast.say("Hal", "hide", message=said)
    await cast.say("Ada", "introduce", say_as=CANARY, pitch=f"for {CANARY}", link=None)
    await cast.say("Ada", "raise_hand")
    await cast.say("Hal", "greet", person=ids["Bob"])
    await cast.say("Hal", "greet", person=ada)
    await cast.say("Hal", "remove", person=ids["Eve"], reason=f"no {CANARY}")
    mine = await cast.say("Ada", "ask", text=f"why {CANARY}?")
    his = await cast.say("Bob", "ask", text="By ship?")
    await cast.say("Ada", "support", question=his)
    await cast.say("Hal", "answer_in_writing", question=his, text=f"by {CANARY}")
    await cast.say("Hal", "queue", question=mine)
    await cast.say("Hal", "spotlight", question=mine)
    poll = await cast.say("Hal", "draft_poll", question="Which?", options=["This", "That"])
    await cast.say("Hal", "open_poll", poll=poll)
    await cast.say("Ada", "vote", poll=poll, options=["1"])
    poll = await cast.say("Hal", "draft_poll", question="In a word?", form="text")
    await cast.say("Hal", "open_poll", poll=poll)
    for who in ("Ada", "Bob", "Bea", "Cem", "Dee"):
        await cast.say(who, "vote", poll=poll, texts=[f"a {CANARY}" if who == "Ada" else f"by {who}"])
    await cast.say("Hal", "say_cue", ready="two_minutes")
    for who in ("Ada", "Bob", "Bea", "Cem", "Dee"):
        await cast.say(who, "give_feedback", worth="yes", line=f"by {CANARY if who == 'Ada' else who}")


async def listed(cast: Cast, server: Any) -> None:
    """A list of people, with a cell of theirs that was left open."""
    rows = [["Naam", "E-mail", "Land"], ["Zoë Żak", "zoe@example.org", f"{CANARY}ia"]]
    await taken(server, cast.lines["Hal"], as_csv(rows), f"{CANARY}.csv")
