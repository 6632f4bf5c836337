"""Visits: when somebody was here, however they came and went, and how much of it is kept."""

from __future__ import annotations

from itertools import pairwise

from tests.session.client import truth
from tests.session.histories import CAST, World, random_batches
from tests.session.scene import STEP_MS, Scene, scene
from webinar_server.session.people import Person
from webinar_server.session.visits import SAME_MS, VISITS_EACH, Visit
from webinar_server.state import Change, Entry, unseal

HOUR = 3_600_000


def came(story: Scene, worker: str = "w1") -> Scene:
    return story.given("ada", "arrive", worker=worker)


def went(story: Scene, worker: str = "w1") -> Scene:
    return story.given("ada", "depart", worker=worker)


def stays(story: Scene) -> list[tuple[int, int | None]]:
    return sorted((visit.since, visit.until) for visit in story.state.of(Visit, "person", "ada"))


def test_a_visit_lasts_from_the_first_worker_to_the_last() -> None:
    story = came(scene())
    began = story.at
    assert stays(story) == [(began, None)]
    came(story.later(1000), "w2")
    went(story.later(1000), "w1")
    assert stays(story) == [(began, None)], "still with another"
    went(story.later(HOUR), "w2")
    assert stays(story) == [(began, story.at)]


def test_whoever_is_back_within_a_minute_was_not_away() -> None:
    story = came(scene())
    began = story.at
    went(story.later(HOUR))
    came(story.later(SAME_MS - STEP_MS))
    assert stays(story) == [(began, None)]
    went(story.later(HOUR))
    left = story.at
    came(story.later(SAME_MS))
    assert stays(story) == [(began, left), (story.at, None)]


def test_who_is_let_go_with_a_worker_that_ended_was_there_until_then() -> None:
    story = came(scene())
    began = story.at
    story.later(HOUR).given("server", "bereave", worker="w1")
    assert stays(story) == [(began, story.at)]


def test_of_many_comings_and_goings_the_closest_become_one() -> None:
    story, stayed = scene(), []
    for number in range(VISITS_EACH + 1):
        came(story.later(HOUR if number != 4 else 2 * SAME_MS))
        began = story.at
        went(story.later(STEP_MS))
        stayed.append((began, story.at))
    closest = [*stayed[:3], (stayed[3][0], stayed[4][1]), *stayed[5:]]
    assert stays(story) == closest and len(closest) == VISITS_EACH


def test_who_came_before_there_were_visits_leaves_one() -> None:
    story = scene()
    story.state.put(_entry(story, Person(id="ada", name="Ada", here=True, since=5, workers=("w1",))), "")
    went(story.later(HOUR))
    assert stays(story) == [(5, story.at)]


def test_a_visit_is_told_to_nobody_but_who_made_it() -> None:
    story = came(scene())
    (visit,) = story.state.all(Visit)
    assert visit.own("ada", "attendee") == {"since": story.at, "until": None}
    for audience, person in (("host", "host"), ("attendee", "bob"), ("stage", "screen")):
        assert ("visit", visit.id) not in truth(story.state, audience, person)


def test_in_any_history_whoever_is_here_has_one_open_visit_and_nobody_else_has() -> None:
    for seed in range(6):
        world = World()
        for batch in random_batches(seed, 60):
            world.play(batch)
            for name in CAST:
                person = world.state.get(Person, f"id-{name}")
                visits = list(world.state.of(Visit, "person", f"id-{name}"))
                open_now = [visit for visit in visits if visit.until is None]
                assert len(open_now) == (person is not None and person.here)
                assert len(visits) <= VISITS_EACH
                ordered = sorted(visits, key=lambda visit: visit.since)
                for one, other in pairwise(ordered):
                    assert one.until is not None and one.until <= other.since
        assert all(unseal(sealed, world.state.kinds) for sealed in world.log)


def _entry(story: Scene, person: Person) -> Entry:
    change = Change("person", person.id, person)
    return Entry(
        seq=story.state.position.seq + 1, at=0, by="", command="", ref="", result={}, changes=(change,)
    )
