"""Never disclosed: whatever somebody makes of who asks for them, but to accept, nobody else can tell.

Two missions have the same history, but that in the second the asked one leaves out all that they do for
themselves alone: to put off, to decline, to block and take that back. After each step everybody else is shown
the same: their records and when these changed for them, what they were refused and answered, the directory,
their data, their leads, their messages.
"""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.mission.meeting import TIMES
from tests.mission.scene import scene
from tests.session.scene import STEP_MS, Scene
from webinar_server.errors import Refusal
from webinar_server.mission.contacts import Asking, Block, Request
from webinar_server.mission.conversations import messages_of, told_of
from webinar_server.mission.directory import Directory, Wanted
from webinar_server.mission.due import due
from webinar_server.mission.leads import leads_of
from webinar_server.mission.meetings_free import free_times
from webinar_server.mission.organisations import organisation
from webinar_server.state import Command, Records, State, sees
from webinar_server.web.mission.mine import mission_of

ASKED, OTHERS = "bob", ("ada", "cem", "ori")
DAY_MS = 86_400_000
TAP: dict[str, Any] = {"where": "spotlight", "session": "s1", "question": "q1", "reason": "Depots"}
MOMENT: dict[str, Any] = {"session": "s1", "question": "q1", "participant": ASKED, "shown": "organisation"}

BY_OTHERS = (
    *("ask", "ask", "tap", "tap", "withdraw", "ask ada", "accept", "block", "unblock", "drop lead"),
    *("note", "to ask again", "write", "write", "read", "propose"),
)
BY_ASKED = ("ask", "accept", "place", "hide", "show", "withdraw", "write", "attend")
FOR_THEMSELVES = ("put off", "decline", "decline", "block", "unblock", "read")
BY_SERVER = ("live", "over", "an hour", "six days", "a fortnight")

STEPS = some.lists(
    some.one_of(
        some.tuples(some.sampled_from(OTHERS), some.sampled_from(BY_OTHERS)),
        some.tuples(some.just(ASKED), some.sampled_from(BY_ASKED)),
        some.tuples(some.just(ASKED), some.sampled_from(FOR_THEMSELVES)),
        some.tuples(some.just("server"), some.sampled_from(BY_SERVER)),
    ),
    max_size=25,
)


class World:
    """A mission in which they answer, or are silent."""

    def __init__(self, silent: bool) -> None:
        self.story = scene("ada", ASKED, "cem")
        self.story.given(
            ASKED, "change_card", organisation="Voltline", email="bob@voltline.nl", phone="+31 6 1234567"
        )
        # how many letters wait organisers see, and who reads what waits for them has none
        self.story.given(ASKED, "want_letters", on=False)
        times = {"starts_at": TIMES[0], "ends_at": TIMES[0] + 3_600_000}
        self.story.given("server", "plan_slot", session="grids", title="Grids", **times)
        self.silent = silent
        self.told: list[Any] = []
        self._step = 0

    def do(self, who: str, command: str, **args: Any) -> bool:
        """Whether it was done; whoever said it is told the same of it."""
        self._step += 1
        at, answer = self.story.at, None
        try:
            self.story.given(who, command, id=f"x{self._step}", **args)
        except Refusal as refusal:
            answer = refusal.told()
        self.story.at = at + STEP_MS
        if who != ASKED:
            self.told.append((who, command, answer or self.story.result))
        return answer is None

    def nothing(self) -> None:
        """An entry of which nobody but they themselves sees anything."""
        switch = {"switch": "recordings", "on": bool(self._step % 2)}
        self.do(ASKED, "turn", **switch)

    def rest(self) -> None:
        """No entry, where the other had none."""
        self._step += 1
        self.story.at += STEP_MS

    def seen(self) -> dict[str, Any]:
        """All that each of the others can see now."""
        return {who: self._seen_by(who) for who in OTHERS} | {"told": self.told}

    def _seen_by(self, who: str) -> dict[str, Any]:
        state = self.story.state
        audience = self.story._audience(who)
        records = {
            (one.KIND, one.id): (view, state.sight(one.KIND, one.id).get((audience, who)))
            for one in state.records()
            if (view := sees(one, audience, who)) is not None
        }
        directory = Directory(state)
        found = directory.find(Wanted(), who)._asdict(), directory.find(Wanted(words="bob"), who)._asdict()
        messages = {whom: written(state, who, whom) for whom in (*OTHERS, ASKED)}
        leads = [lead.own(who, audience) for lead in leads_of(state, who)]
        mine = mission_of(state, who)
        return {
            "records": records,
            "directory": found,
            "organisation": _house(directory, who),
            "leads": leads,
            "messages": messages,
            "mine": mine,
            "free": _free(state, who),
        }


def written(records: Records, who: str, whom: str) -> list[Any]:
    try:
        return [told_of(one) for one in messages_of(records, who, whom)]
    except Refusal as refusal:
        return [refusal.told()]


def _house(directory: Directory, who: str) -> dict[str, Any]:
    try:
        return organisation(directory, "voltline", who)
    except Refusal as refusal:
        return refusal.told()


def _free(state: State, who: str) -> Any:
    """When the asked one could be met, as far as they may know."""
    try:
        return free_times(state, who, ASKED, TIMES[0] - DAY_MS)
    except Refusal as refusal:
        return refusal.told()


def play(world: World, who: str, what: str) -> tuple[str, dict[str, Any]] | None:
    """The command that a step is, as this mission stands."""
    state = world.story.state
    askings = sorted(one.id for one in state.all(Asking) if one.by == who)
    requests = [one.id for one in state.all(Request) if one.to == who]
    whom = "ada" if who == ASKED or what == "ask ada" else ASKED
    ask = {"whom": whom, "where": "directory", "reason": "Depots"}
    return {
        "ask": ("ask_contact", ask),
        "ask ada": ("ask_contact", ask),
        "to ask again": ("ask_contact", ask | {"reason": "Once more"}),
        "tap": ("ask_contact", TAP),
        "withdraw": ("withdraw_contact", {"asking": askings[0]}) if askings else None,
        "accept": ("accept_contacts", {"requests": sorted(requests)}) if requests else None,
        "put off": ("put_off_contacts", {"requests": sorted(requests)[:1]}) if requests else None,
        "decline": ("decline_contacts", {"requests": sorted(requests)[:1]}) if requests else None,
        "block": ("block", {"person": whom}),
        "unblock": ("unblock", {"person": whom}),
        "drop lead": ("drop_lead", {"lead": f"{who}/{whom}"}),
        "write": ("write", {"to": whom, "text": f"Text {world.story.at}"}),
        "read": ("read_conversation", {"whom": whom, "until": world.story.at}),
        "note": ("change_lead", {"lead": f"{who}/{whom}", "notes": "Called"}),
        "propose": ("propose_meeting", {"whom": ASKED, "times": TIMES, "minutes": 20}),
        "attend": ("attend", {"slot": "grids"}),
        "place": ("change_card", {"place": "Delft"}),
        "hide": ("turn", {"switch": "listed", "on": False}),
        "show": ("turn", {"switch": "listed", "on": True}),
        "live": ("note_moment", MOMENT | {"live": True}),
        "over": ("note_moment", MOMENT | {"live": False}),
    }[what]


WAITS = {"an hour": 3_600_000, "six days": 6 * DAY_MS, "a fortnight": 14 * DAY_MS + 3_600_000}


def wait(worlds: tuple[World, World], ms: int) -> None:
    """Time passes in both; what is due is done, in each as it is."""
    until = worlds[0].story.at + ms
    while alarms := [alarm for world in worlds if (alarm := due(world.story.state)) and alarm.at <= until]:
        at = min(alarm.at for alarm in alarms)
        both = [due(world.story.state) for world in worlds]
        names = {alarm.command.NAME for alarm in both if alarm is not None and alarm.at == at}
        # what ends in the one alone comes before what both tell in that hour, as among all that others do
        name = "end_contacts" if "end_contacts" in names else min(names)
        for world, alarm in zip(worlds, both, strict=True):
            world.story.at = max(world.story.at, at)
            if alarm is not None and alarm.at == at and alarm.command.NAME == name:
                world.do("server", name, **_args(alarm.command))
                world.told.pop()
            else:
                world.nothing()
    for world in worlds:
        world.story.at = until


def _args(command: Command) -> dict[str, Any]:
    return {name: getattr(command, name) for name in command.__struct_fields__}


def step(answering: World, silent: World, who: str, what: str) -> None:
    if what in WAITS:
        return wait((answering, silent), WAITS[what])
    blocked = any(block.by == ASKED for block in answering.story.state.all(Block))
    asks = any(one.by == ASKED for one in answering.story.state.all(Asking))
    if who == ASKED and ((what in ("ask", "write") and blocked) or (what == "block" and asks)):
        # whom one blocks one asks for nothing, and that is seen
        return None
    said = play(answering, who, what)
    if said is None:
        # what is not there in the one is in the other what they leave alone
        return None
    done = answering.do(who, said[0], **said[1])
    if who == ASKED and what in FOR_THEMSELVES:
        (silent.nothing if done else silent.rest)()
    else:
        silent.do(who, said[0], **said[1])
    return None


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_nobody_can_tell_whether_they_were_declined_put_off_blocked_or_not_answered(
    steps: list[tuple[str, str]],
) -> None:
    answering, silent = World(silent=False), World(silent=True)
    for who, what in steps:
        step(answering, silent, who, what)
        assert answering.seen() == silent.seen(), (who, what)


def answered(what: str) -> Scene:
    story = scene("ada", ASKED)
    story.given("ada", "ask_contact", id="c1", whom=ASKED, where="directory")
    acts: dict[str, tuple[str, dict[str, Any]]] = {
        "declined": ("decline_contacts", {"requests": ["c1"]}),
        "put off": ("put_off_contacts", {"requests": ["c1"]}),
        "blocked": ("block", {"person": "ada"}),
        "not answered": ("turn", {"switch": "recordings", "on": True}),
    }
    return story.given(ASKED, acts[what][0], **acts[what][1])


def test_the_test_would_see_a_difference() -> None:
    """What is compared is not empty, and is another where it was accepted."""
    accepted, silent = World(silent=False), World(silent=True)
    for world in (accepted, silent):
        world.do("ada", "ask_contact", whom=ASKED, where="directory")
    assert ("asking", "x1") in silent.seen()["ada"]["records"]
    assert accepted.seen() == silent.seen()
    accepted.do(ASKED, "accept_contacts", requests=["x1"])
    silent.nothing()
    assert accepted.seen() != silent.seen()


def test_asking_again_meets_the_same_words() -> None:
    told = []
    for what in ("declined", "put off", "blocked", "not answered"):
        story = answered(what).when("ada", "ask_contact", whom=ASKED, where="directory")
        assert story.refusal is not None
        told.append(story.refusal.told())
    assert all(each == told[0] for each in told)
