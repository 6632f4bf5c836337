"""What a join costs of conversations: their heads alone, however much was written."""

from __future__ import annotations

from tests.mission.scene import scene
from webinar_server.live.telling.codec import JSON
from webinar_server.live.telling.views import Lens
from webinar_server.mission.writing import TEXT_MAX

JOIN_MAX = 20_000
"""Bytes of one's own, asked for in the design with thirty contacts."""


def test_two_hundred_messages_of_thirty_contacts_do_not_swell_a_join() -> None:
    contacts = [f"contact{number:02}" for number in range(30)]
    story = scene("ada", *contacts)
    for number, whom in enumerate(contacts):
        story.given("ada", "ask_contact", id=f"c{number}", whom=whom, where="directory", reason="Depots")
        story.given(whom, "accept_contacts", requests=[f"c{number}"])
    for number in range(200):
        whom = contacts[number % 30]
        story.given(whom, "write", to="ada", text=f"{number} " + "long " * (TEXT_MAX // 6))
    lens = Lens("mission/ev-2027", "participant", JSON)
    told = b"".join(lens.bundle(story.state, 0).whole("ada", False))
    assert b"long long" in told and told.count(b'"unread"') == 30
    assert len(told) <= JOIN_MAX, len(told)
