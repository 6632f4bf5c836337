"""The board as it is simulated: its members, and what must hold of their notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from random import Random

from tests.board import BOARD
from tests.board.bells import Bell
from tests.board.copies import CopyNote
from tests.board.notes import NOTES_EACH, CreateBoard, Note
from tests.sim.client import Client
from tests.sim.play import Act, Play
from webinar_server.state import Entry, Role, State


def company(dice: Random, most: int) -> list[Role]:
    few: list[Role] = ["keeper", "member", "member", dice.choice(["wall", "keeper"])]
    return few + ["member"] * (most - 4)


def member(client: Client) -> Act:
    acts = {_pin: 6, _show: 5, _take_down: 3, _clear: 1, _set_bell: 2}
    return client.dice.choices(list(acts), list(acts.values()))[0](client)


def keeper(client: Client) -> Act:
    return client.dice.choices([_clear, _take_down, _pin], [1, 4, 4])[0](client)


def wall(client: Client) -> Act:
    return None


def _pin(client: Client) -> Act:
    return "pin", {"text": f"idea {client.dice.randrange(8)}"}


def _show(client: Client) -> Act:
    return _with_one(client, "show")


def _take_down(client: Client) -> Act:
    return _with_one(client, "take_down")


def _clear(client: Client) -> Act:
    return "clear", {}


def _set_bell(client: Client) -> Act:
    return "set_bell", {"after": client.dice.randrange(10_000)}


def _with_one(client: Client, command: str) -> Act:
    ids = sorted(client.screen.of("note"))
    return (command, {"note": client.dice.choice(ids)}) if ids else None


def too_many(state: State) -> list[str]:
    """Rules that read what others may be changing at the same time."""
    each = Counter(note.by for note in state.all(Note))
    same = Counter(note.text for note in state.all(Note) if note.shown)
    rung = [bell for bell in state.all(Bell) if bell.rung]
    return [
        *(f"{bell} early or twice" for bell in rung if bell.rung > 1 or bell.rung_at < bell.at),
        *(f"{by} has {count} notes" for by, count in each.items() if count > NOTES_EACH),
        *(f"{text} is shown {count} times" for text, count in same.items() if count > 1),
    ]


def unlike_their_makers(state: State, entries: list[Entry]) -> list[str]:
    """Nobody shows what is another's."""
    shown = [
        (entry.by, change.record)
        for entry in entries
        if entry.command == "show"
        for change in entry.changes
        if change.kind == "note"
    ]
    wrong = [f"{by} showed {note}" for by, note in shown if not isinstance(note, Note) or note.by != by]
    # they are set for ten seconds at most, and more than that is waited
    return wrong + [f"{bell} was never rung" for bell in state.all(Bell) if not bell.rung]


def not_told_once(histories: Mapping[str, list[Entry]]) -> list[str]:
    """What was shown here is copied there, in that order, and thanked for, unless it is there already."""
    here, there = histories[HERE], histories[THERE]
    shown = list(_newly_shown(here))
    told = [entry.ref.split()[1] for entry in there if entry.command == CopyNote.NAME]
    copied = [id for id, _ in _put(there, "copy")]
    thanked = [id for id, _ in _put(here, "thanks")]
    return [
        *([f"{shown} were shown and {told} told"] if [str(seq) for _, seq in shown] != told else []),
        *([f"{copied} were copied and {thanked} thanked for"] if copied != thanked else []),
        *(f"{id} was copied {times} times" for id, times in Counter(copied).items() if times > 1),
    ]


def _newly_shown(entries: list[Entry]) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for id, entry in _put(entries, "note"):
        if entry.command == "show" and id not in seen:
            seen.add(id)
            yield id, entry.seq


def _put(entries: list[Entry], kind: str) -> Iterator[tuple[str, Entry]]:
    for entry in entries:
        yield from ((change.id, entry) for change in entry.changes if change.kind == kind and change.record)


HERE, THERE = BOARD.topic("b1"), BOARD.topic("b2")
PLAY = Play(
    topic=HERE,
    begin=(CreateBoard(board="b1", title="Ideas", copies_to=(THERE,)),),
    beside={THERE: (CreateBoard(board="b2", title="Copies"),)},
    wrong_between=not_told_once,
    roles=company,
    crowd="member",
    acts={"keeper": keeper, "member": member, "wall": wall},
    shown=("pin",),
    wrong_after=too_many,
    wrong_at_last=unlike_their_makers,
)
