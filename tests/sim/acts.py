"""Acts: what people of a simulated session do next, from what they have on their screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sim.client import Client
from tests.sim.play import Act


def attendee(client: Client) -> Act:
    """Mostly talks; now and then tries what only hosts may."""
    acts = {_say: 9, _ask: 3, _support: 3, _vote: 5, _hand: 1, _withdraw: 1, _forbidden: 1, _introduce: 1}
    return client.dice.choices(list(acts), list(acts.values()))[0](client)


def host(client: Client) -> Act:
    acts = {_say: 1, _draft: 2, _next_poll: 4, _next_question: 6, _clear: 1, _hide: 1, _greet: 1, _run: 2}
    return client.dice.choices(list(acts), list(acts.values()))[0](client)


def stage(client: Client) -> Act:
    return None


def _say(client: Client) -> Act:
    return "say", {"text": f"line {len(client.sent)} of {client.name}"}


def _ask(client: Client) -> Act:
    shown = client.dice.choice(["named", "organisation", "anonymous"])
    return "ask", {"text": f"question {len(client.sent)} of {client.name}", "shown": shown}


def _support(client: Client) -> Act:
    id = _one(client, "question", lambda view: view["state"] in ("open", "queued"))
    command = "unsupport" if client.dice.random() < 0.2 else "support"
    return (command, {"question": id}) if id else None


def _vote(client: Client) -> Act:
    id = _one(client, "poll", lambda view: view["state"] == "open")
    if id is None:
        return None
    poll = client.screen.of("poll")[id]
    options = [option["id"] for option in poll["options"]]
    most = 1 if poll["choose"] == "one" else len(options)
    return "vote", {"poll": id, "options": client.dice.sample(options, client.dice.randint(0, most))}


def _hand(client: Client) -> Act:
    return client.dice.choice(["raise_hand", "lower_hand"]), {}


def _introduce(client: Client) -> Act:
    return "introduce", {"pitch": f"pitch {len(client.sent)}"}


def _withdraw(client: Client) -> Act:
    id = _one(client, "question", lambda view: bool(view.get("mine")) and view["state"] == "open")
    return ("withdraw", {"question": id}) if id else None


def _forbidden(client: Client) -> Act:
    id = _one(client, "question", lambda view: True)
    return ("spotlight", {"question": id}) if id else ("clear_stage", {})


def _draft(client: Client) -> Act:
    if len(client.screen.of("poll")) >= 4:
        return None
    choose = client.dice.choice(["one", "many"])
    question = f"poll {len(client.sent)} of {client.name}"
    return "draft_poll", {"question": question, "options": ["yes", "no", "perhaps"], "choose": choose}


def _next_poll(client: Client) -> Act:
    id = _one(client, "poll", lambda view: True)
    if id is None:
        return None
    after = {"draft": "open_poll", "open": "close_poll", "closed": "reveal_poll", "revealed": "close_poll"}
    return after[client.screen.of("poll")[id]["state"]], {"poll": id}


def _next_question(client: Client) -> Act:
    id = _one(client, "question", lambda view: view["state"] in ("open", "queued", "on_deck", "live"))
    if id is None:
        return None
    after = {"open": ["queue", "deck", "spotlight"], "queued": ["deck", "spotlight"]}
    state = client.screen.of("question")[id]["state"]
    last = {"on_deck": ["spotlight"], "live": ["answer"]}
    return client.dice.choice((after | last)[state]), {"question": id}


def _clear(client: Client) -> Act:
    return "clear_stage", {}


def _hide(client: Client) -> Act:
    id = _one(client, "message", lambda view: True)
    return (client.dice.choice(["hide", "restore"]), {"message": id}) if id else None


def _greet(client: Client) -> Act:
    id = _one(client, "person", lambda view: True)
    return ("greet", {"person": id, "aloud": client.dice.random() < 0.5}) if id else None


def _run(client: Client) -> Act:
    """The hour goes on: from the segment that is on as this host sees it, which may be over by now."""
    run = client.screen.of("run").get("now", {})
    if len(run.get("order", ())) < 6:
        return "add_segment", {"kind": client.dice.choice(["talk", "spotlight"]), "minutes": 5}
    current = run["current"]
    if current is None:
        last = run["ran"][-1]["segment"] if run["ran"] else ""
        return ("back_segment", {"leaving": last}) if last else ("start_run", {})
    step = client.dice.choice(["next_segment", "next_segment", "back_segment"])
    return step, {"leaving": current}


def _one(client: Client, kind: str, which: Callable[[dict[str, Any]], bool]) -> str | None:
    """One of the records of a kind on this screen."""
    ids = sorted(id for id, view in client.screen.of(kind).items() if which(view))
    return client.dice.choice(ids) if ids else None
