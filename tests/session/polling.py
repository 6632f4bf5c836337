"""Polls as scenes: one of each form, and people who answer it."""

from __future__ import annotations

from typing import Any

from tests.session.scene import Scene, scene
from webinar_server.session.polls.poll import Poll
from webinar_server.state import View

OPTIONS = ["At home", "At work", "On the road"]

ASKED: dict[str, dict[str, Any]] = {
    "choice": {"options": OPTIONS},
    "quiz": {"options": OPTIONS, "right": [2]},
    "ranking": {"options": OPTIONS},
    "scale": {"scale": {"from": 1, "to": 5, "low": "Not at all", "high": "Very"}},
    "number": {"number": {"unit": "kW", "low": 0, "high": 1000}},
    "cloud": {},
    "text": {},
}
"""What each form cannot do without."""

ANSWERS: dict[str, list[dict[str, Any]]] = {
    "choice": [{"options": ["1"]}, {"options": ["3"]}],
    "quiz": [{"options": ["2"]}, {"options": ["1"]}],
    "ranking": [{"options": ["3", "1", "2"]}, {"options": ["2"]}],
    "scale": [{"number": 4}, {"number": 1}],
    "number": [{"number": 11.5}, {"number": 150}],
    "cloud": [{"texts": ["Sun", "wind"]}, {"texts": ["grid"]}],
    "text": [{"texts": ["More of this."]}, {"texts": ["Less talk"]}],
}
"""Two of each form."""

FIVE = ["ada", "bob", "cem", "dee", "eva"]
TEN = [*FIVE, "fay", "gus", "hua", "ida", "jan"]


def asked(form: str, state: str = "open", **more: Any) -> Scene:
    """A poll `p` of a form."""
    story = scene().given("host", "draft_poll", id="p", question="Well?", form=form, **(ASKED[form] | more))
    for command in {"draft": [], "open": ["open_poll"]}[state]:
        story.given("host", command, poll="p")
    return story


def answered(story: Scene, whos: list[str], **answer: Any) -> Scene:
    return story.given_each(whos, "vote", poll="p", **answer)


def ended(story: Scene, *commands: str) -> Scene:
    for command in commands or ("close_poll",):
        story.given("host", command, poll="p")
    return story


def seen(story: Scene, who: str = "host") -> View:
    view = story.sees(who, Poll, "p")
    assert view is not None
    return view


def is_told(story: Scene, who: str) -> bool:
    """Whether somebody is told what came of it."""
    return "counted" in seen(story, who)
