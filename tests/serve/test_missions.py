"""Missions at a terminal: one begins and its links are shown, whether a server runs or not; and where there
is nothing yet, a server tells the first organiser's link until somebody came in by it."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterator

import httpx
import pytest

from tests.web.client import Client
from tests.web.process import Serving, fails, prints
from webinar_server.mission.mission import Place
from webinar_server.web.missions import place_of

ADDED = (
    *("mission", "add", "ev-2027", "--title", "Electric mobility", "--starts-on", "2027-03-01"),
    *("--ends-on", "2027-03-05", "--place", "The Hague", "Europe/Amsterdam", "--organiser", "Ori Olsen"),
)
TOLD = "to set up a mission, open "


@pytest.fixture
def data(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "data"


@pytest.fixture
def serving(data: pathlib.Path) -> Iterator[Serving]:
    serving = Serving(data).start()
    yield serving
    serving.kill()


def told(serving: Serving) -> str:
    """What a server says after it was ready."""
    assert serving._process is not None and serving._process.stdout is not None
    return serving._process.stdout.readline().strip()


def rest(serving: Serving) -> str:
    """All that it said since, once it has ended."""
    assert serving._process is not None and serving._process.stdout is not None
    # whatever it has to say it says before it is asked
    assert httpx.get(f"{serving.url}/readyz", trust_env=False).status_code == 200
    serving._process.terminate()
    return serving._process.stdout.read()


def status_of(address: str) -> int:
    return httpx.get(address, trust_env=False).status_code


def entered(link: str, url: str, reads: str = "en", zone: str = "") -> httpx.Response:
    body, headers = {"token": link.partition("#")[2], "zone": zone}, {"Accept-Language": reads}
    return httpx.post(f"{url}/api/enter", json=body, headers=headers, trust_env=False)


@pytest.mark.parametrize("runs", [True, False])
def test_a_mission_begins_and_its_links_are_shown_whether_or_not_a_server_runs(
    data: pathlib.Path, runs: bool
) -> None:
    serving = Serving(data)
    if runs:
        serving.start()
    try:
        (link,) = prints(*ADDED, "--data", data, "--url", serving.url)
        assert link.startswith(f"{serving.url}/organise/ev-2027#")
        for who in ((), ("Ori Olsen",)):
            assert prints("mission", "link", "ev-2027", *who, "--data", data, "--url", serving.url) == [link]
        assert "already" in fails(*ADDED, "--data", data)
        assert "time zone" in fails(*ADDED[:-3], "Europe/Nowhere", *ADDED[-2:], "--data", data)
        assert "takes part" in fails("mission", "link", "ev-2027", "Eve", "--data", data)
        (renewed,) = prints("mission", "link", "ev-2027", "--renew", "--data", data, "--url", serving.url)
        assert renewed != link
        if not runs:
            serving.start()
        assert entered(link, serving.url).json()["code"] == "token.renewed"
        assert entered(renewed, serving.url).json()["you"]["role"] == "organiser"
        (row,) = map(json.loads, prints("mission", "list", "--json", "--data", data))
        assert (row["mission"], row["people"], row["sessions"]) == ("ev-2027", 1, 0)
        assert any("Ori" not in line for line in prints("mission", "show", "ev-2027", "--data", data))
    finally:
        serving.kill()


async def test_an_empty_folders_first_link_begins_a_mission_and_is_told_until_somebody_came_by_it(
    data: pathlib.Path, serving: Serving
) -> None:
    line = told(serving)
    assert line.startswith(f"{TOLD}{serving.url}/organise/our-mission#")
    link = line.removeprefix(TOLD)
    assert prints("mission", "list", "--data", data) == [
        "there is no mission here yet; `webinar-server mission add` begins one"
    ]
    assert status_of(link) == 200
    who = entered(link, serving.url).json()
    assert (who["mission"], who["you"]["role"]) == ("our-mission", "organiser")
    # by HTTP alone nobody was here: it is told again
    assert serving.stop()[0] == 0
    assert told(serving.launch().wait()) == line
    organiser = await Client(serving.url, link.partition("#")[2]).open()
    await organiser.join("mission/our-mission")
    await organiser.do("change_mission", title="Ports of the future")
    await organiser.close()
    assert serving.stop()[0] == 0
    assert rest(serving.launch().wait()) == ""


@pytest.mark.parametrize(
    ("reads", "title", "organiser", "zone", "place"),
    [
        ("nl-NL,en;q=0.5", "Onze missie", "Organisator", "America/Los_Angeles", "Los Angeles"),
        ("de", "Our mission", "Organiser", "", "UTC"),
    ],
)
async def test_what_nobody_named_yet_is_called_in_the_words_of_who_begins_it_where_they_are(
    serving: Serving, reads: str, title: str, organiser: str, zone: str, place: str
) -> None:
    link = told(serving).removeprefix(TOLD)
    assert entered(link, serving.url, reads, zone).json()["you"]["name"] == organiser
    client = await Client(serving.url, link.partition("#")[2]).open()
    await client.join("mission/our-mission")
    mission = client.screen.of("mission")["our-mission"]
    assert (mission["title"], mission["places"]) == (title, [{"name": place, "zone": zone or "UTC"}])
    await client.close()


@pytest.mark.parametrize(
    "zone", ["", "Mars/Olympus", "../../etc/passwd", "Europe", "europe/amsterdam", "x" * 64]
)
def test_a_zone_that_there_is_none_of_is_utc(zone: str) -> None:
    assert place_of(zone) == Place(name="UTC", zone="UTC")


def test_a_place_is_called_by_the_city_of_its_zone() -> None:
    assert place_of("America/Argentina/Buenos_Aires").name == "Buenos Aires"


def test_a_server_that_has_sessions_tells_no_first_link(data: pathlib.Path) -> None:
    prints("session", "add", "s1", "--title", "One", "--data", data)
    serving = Serving(data).start()
    try:
        assert rest(serving) == ""
    finally:
        serving.kill()
