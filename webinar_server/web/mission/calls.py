"""Calls: what a mission's HTTP calls are for, as the printed reference says it."""

from __future__ import annotations

from collections.abc import Mapping

from webinar_server.mission.mission import CreateMission
from webinar_server.mission.programme import PlanSlot
from webinar_server.web.http.calls import Call
from webinar_server.web.mission.beginnings import BEGIN_PATH
from webinar_server.web.mission.copies import Copy
from webinar_server.web.mission.erasing import Who
from webinar_server.web.mission.letters import STOP_PATH
from webinar_server.web.mission.links import Wanted
from webinar_server.web.mission.organisers import MISSION_PATH

_CALLS: Mapping[tuple[str, str], Call] = {
    ("get", "participants"): Call("a page of a mission's participants, by words and filters"),
    ("get", "participants/{person}"): Call("somebody's card"),
    ("get", "leaders"): Call("cards of who leads or speaks"),
    ("get", "organisations"): Call("organisations that take part"),
    ("get", "organisations/{key}"): Call("one of them, with its people"),
    ("get", "calendar.ics"): Call("my sessions as a file for a calendar"),
    ("get", "feed"): Call("the address by which a calendar follows them"),
    ("get", "feed/{token}.ics"): Call("my sessions, to a calendar that follows them"),
    ("get", "mine.json"): Call("all that is held of me"),
    ("get", "conversations/{person}"): Call("a page of messages between somebody and me"),
    ("post", "erase"): Call("erase somebody, oneself or by its organisers", Who),
    ("get", "leads.csv"): Call("my leads as a table"),
    ("get", "leads.xlsx"): Call("my leads as a workbook"),
    ("get", "leads.vcf"): Call("my leads for an address book"),
    ("get", "leads.json"): Call("my leads for programs"),
    ("get", "meetings/free"): Call("when I and somebody I am connected with are both free"),
    ("get", "meetings/{meeting}.ics"): Call("a meeting of mine for a calendar"),
    ("get", "shared"): Call("leads that colleagues share with me, and whom I may ask to"),
    ("get", "welcome"): Call("what a mission is, and how one gets in"),
    ("get", "alike"): Call("organisations called nearly so"),
    ("post", "join"): Call("ask to take part"),
    ("post", "lost-link"): Call("have one's link sent again, if there is one"),
    ("get", "post"): Call("what letters went out, and which did not (its organisers)"),
    ("get", "post/ready"): Call("how many would get a letter now (its organisers)"),
    ("get", "next"): Call("the sessions that are on or come next"),
    ("get", "score"): Call("the score of the week, to whom it is shown"),
    ("get", "report"): Call("the week in numbers (its organisers)"),
    ("get", "people"): Call("a page of a mission's people (its organisers)"),
    ("post", "links"): Call("somebody's link, perhaps a new one (its organisers)", Wanted, 201),
    ("get", "links.csv"): Call("everybody's links (its organisers)"),
    ("post", "imports"): Call("look at a list of people, and take it in (its organisers)"),
    ("get", "participants.csv"): Call("the list of all, of the shape that is taken in (its organisers)"),
    ("post", "slots"): Call("plan a session of a mission (its organisers)", PlanSlot, 201),
    ("post", "picture"): Call("show a picture on a mission's pages (its organisers)"),
    ("get", "picture/{name}"): Call("a mission's picture"),
    ("post", "copy"): Call("begin a mission as a copy (its organisers)", Copy, 201),
}

CALLS = {(method, f"{MISSION_PATH}/{path}"): call for (method, path), call in _CALLS.items()} | {
    ("post", BEGIN_PATH): Call("begin a mission (the terminal's bearer token)", CreateMission, 201),
    ("get", STOP_PATH): Call("page: whether no more such letters are wished"),
    ("post", STOP_PATH): Call("no more such letters, as a mail program asks by itself"),
}
