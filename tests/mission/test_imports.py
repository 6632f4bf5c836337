"""Imports: a list is taken in whole, part by part, once; what people said themselves stays if it is to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mission.scene import Scene, scene
from webinar_server.mission.fates import Fate, fate_of
from webinar_server.mission.imports import IMPORTS_MAX, PART, Import, ImportPart, TakePart, due
from webinar_server.mission.participants import PARTICIPANTS_MAX, Participant

ADA = {"name": "Ada", "email": "ada@example.org"}


def lines(*said: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"number": number, "said": each} for number, each in enumerate(said, 2)]


def begun(story: Scene, *said: dict[str, Any], keeps: bool = True, **more: Any) -> Scene:
    story.given("ori", "begin_import", file="people.csv", keeps=keeps, lines=lines(*said), **more)
    return story


def taken(story: Scene) -> Import:
    """All that is due is done; the import as it is then."""
    while (alarm := due(story.state)) is not None:
        assert isinstance(alarm.command, TakePart)
        story.given("server", "import_part", of=alarm.command.of, part=alarm.command.part)
    return max(story.state.all(Import), key=lambda job: job.at)


def fate(story: Scene, said: dict[str, Any], keeps: bool = True) -> Fate:
    return fate_of(story.state, said, keeps)


def crowd(count: int) -> list[dict[str, Any]]:
    return [{"name": f"P {n}", "email": f"p{n}@example.org"} for n in range(count)]


def test_who_is_new_is_invited() -> None:
    story = begun(scene(), ADA | {"offers": ("Depots",)})
    job = taken(story)
    assert (job.added, job.changed, job.done, job.lines) == (1, 0, 1, 1) and job.ended_at is not None
    [ada] = [one for one in story.state.all(Participant) if one.name == "Ada"]
    assert (ada.state, ada.role, ada.offers) == ("invited", "participant", ("Depots",))


def test_all_lines_stand_in_the_log_before_the_first_is_taken_in_and_none_after_the_last() -> None:
    story = begun(scene(), *crowd(2 * PART + 1))
    assert story.state.count(ImportPart) == 3 and story.state.count(Participant) == 1
    story.given("server", "import_part", of=next(iter(story.state.all(Import))).id, part=0)
    [job] = story.state.all(Import)
    assert (job.done, job.added, job.ended_at) == (PART, PART, None)
    assert story.state.count(ImportPart) == 2
    assert taken(story).added == 2 * PART + 1
    assert story.state.count(ImportPart) == 0 and due(story.state) is None
    assert story.state.count(Participant) == 2 * PART + 2


def test_a_part_is_taken_in_once_whoever_says_it() -> None:
    story = begun(scene(), *crowd(PART + 1))
    [job] = story.state.all(Import)
    story.given("server", "import_part", of=job.id, part=0)
    story.when("server", "import_part", of=job.id, part=0).then_refused("import.done")
    assert story.state.count(Participant) == PART + 1


def test_what_is_due_next_has_a_time_of_its_own() -> None:
    story = begun(scene(), *crowd(PART + 1))
    first = due(story.state)
    [job] = story.state.all(Import)
    story.given("server", "import_part", of=job.id, part=0)
    second = due(story.state)
    assert first and second and second.at > first.at


def test_the_same_list_again_changes_nothing() -> None:
    said = [*crowd(3), {"name": "Without", "organisation": "Voltline", "sectors": ("Grid",)}]
    story = begun(scene(), *said)
    taken(story)
    before = list(story.state.all(Participant))
    assert {fate(story, each).what for each in said} == {"equal"}
    assert taken(begun(story, *said)).equal == 4
    assert list(story.state.all(Participant)) == before


def test_an_address_tells_who_it_is_however_it_is_written_and_only_what_is_said_changes() -> None:
    story = scene("ada").given("ori", "change_card", participant="ada", place="Delft")
    found = fate(story, {"name": "Ada Bos", "email": "ADA@example.org", "country": "NL"})
    assert (found.what, set(found.fields)) == ("changed", {"name", "country", "email"})
    job = taken(begun(story, {"name": "Ada Bos", "email": "ada@example.org", "country": "NL"}))
    ada = story.state.get(Participant, "ada")
    assert (job.added, job.changed) == (0, 1)
    assert ada and (ada.name, ada.country, ada.place) == ("Ada Bos", "NL", "Delft")


def test_without_an_address_name_and_organisation_tell_and_an_address_is_taken_up() -> None:
    story = begun(scene(), {"name": "Eva", "organisation": "Voltline"})
    taken(story)
    assert fate(story, {"name": "eva", "organisation": "VOLTLINE"}).what == "changed"
    assert fate(story, {"name": "Eva", "organisation": "Gridworks"}).what == "new"
    found = fate(story, {"name": "Eva", "organisation": "Voltline", "email": "eva@example.org"})
    assert (found.what, found.fields) == ("changed", ("email",))


def test_two_people_of_one_name_are_two_where_each_has_an_address() -> None:
    story = begun(scene(), ADA)
    taken(story)
    assert fate(story, {"name": "Ada", "email": "another@example.org"}).what == "new"
    taken(begun(story, {"name": "Ada", "email": "another@example.org"}))
    refused = fate(story, {"name": "Ada"})
    assert (refused.what, refused.code) == ("refused", "import.several")


def test_what_people_said_themselves_stays_unless_it_is_not_to() -> None:
    story = scene("ada").given("ada", "change_card", place="Utrecht", name="Ada")
    said = ADA | {"place": "Delft", "country": "NL"}
    found = fate(story, said)
    assert (found.what, found.fields, found.kept) == ("changed", ("country",), ("place",))
    assert fate(story, said, keeps=False).fields == ("place", "country")
    taken(begun(story, said))
    assert (ada := story.state.get(Participant, "ada")) and (ada.place, ada.country) == ("Utrecht", "NL")
    assert (again := fate(story, said)).what == "equal" and again.kept == ("place",)
    taken(begun(story, said, keeps=False))
    assert (ada := story.state.get(Participant, "ada")) and ada.place == "Delft"


def test_what_an_organiser_corrected_is_nobodys_own_word() -> None:
    story = scene("ada").given("ada", "change_card", place="Utrecht")
    story.given("ori", "change_card", participant="ada", place="Delft")
    assert fate(story, ADA | {"place": "Leiden"}).fields == ("place",)


def test_who_applied_said_all_of_it_themselves() -> None:
    story = scene().given("server", "apply", id="eva", name="Eva", email="eva@example.org", place="Delft")
    found = fate(story, {"name": "Eva", "email": "eva@example.org", "place": "Leiden"})
    assert (found.what, found.kept) == ("equal", ("place",))


@pytest.mark.parametrize(("said", "code"), [("decline", "import.declined"), ("leave_mission", "import.left")])
def test_who_is_out_is_not_brought_back_by_a_list(said: str, code: str) -> None:
    story = scene("ada")
    if said == "decline":
        story.given("ori", "decline", participant="ada")
    else:
        story.given("ada", "leave_mission")
    assert fate(story, ADA | {"place": "Delft"}).code == code
    job = taken(begun(story, ADA | {"place": "Delft"}))
    assert (job.refused, job.strays[0].number, job.strays[0].code) == (1, 2, code)


def test_who_finds_no_place_is_told_by_line() -> None:
    story = begun(scene(), *crowd(PARTICIPANTS_MAX))
    job = taken(story)
    assert (job.added, job.refused) == (PARTICIPANTS_MAX - 1, 1)
    assert [stray.code for stray in job.strays] == ["participant.full"]


def test_one_list_at_a_time_and_none_that_changes_nothing() -> None:
    story = begun(scene(), ADA)
    again: dict[str, Any] = {"file": "b.csv", "keeps": True}
    story.when("ori", "begin_import", lines=lines(ADA), **again).then_refused("import.under_way")
    taken(story)
    story.when("ori", "begin_import", lines=[], **again).then_refused("import.nothing")


def test_organisers_see_how_far_it_is_and_nobody_else() -> None:
    story = begun(scene("ada"), ADA, equal=2, refused=1, strays=[{"number": 9, "code": "import.country"}])
    [job] = story.state.all(Import)
    seen = story.sees("organiser", Import, job.id)
    assert seen and (seen["file"], seen["done"], seen["lines"]) == ("people.csv", 0, 1)
    assert (seen["equal"], seen["refused"], seen["strays"]) == (
        2,
        1,
        [{"number": 9, "code": "import.country", "field": ""}],
    )
    assert story.sees("participant", Import, job.id) is None
    story.when("ada", "begin_import", file="x", keeps=True, lines=lines(ADA)).then_refused(
        "command.not_allowed"
    )


def test_the_oldest_are_forgotten() -> None:
    story = scene()
    for n in range(IMPORTS_MAX + 1):
        taken(begun(story, {"name": f"P {n}"}))
    assert story.state.count(Import) == IMPORTS_MAX
