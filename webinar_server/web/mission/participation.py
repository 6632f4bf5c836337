"""What a participant asks for beside the socket: directory, cards, calendars, their data, leads, meetings."""

from __future__ import annotations

from starlette.routing import Route

from webinar_server.live.hub import Hub
from webinar_server.web.mission.calendars import Calendars
from webinar_server.web.mission.cards import Cards
from webinar_server.web.mission.conversations import Conversations
from webinar_server.web.mission.directory import Asking, Directories, Kept
from webinar_server.web.mission.leads import Leads
from webinar_server.web.mission.meetings import Meetings
from webinar_server.web.mission.mine import Mine
from webinar_server.web.who.access import Access


class Participation:
    """Its calls, over one directory for each mission."""

    def __init__(self, hub: Hub, access: Access, public_url: str | None = None) -> None:
        asking, kept = Asking(hub, access), Kept(hub)
        self._parts = (
            Directories(asking, kept),
            Cards(asking, kept),
            Calendars(hub, access, asking, public_url),
            Mine(hub, asking),
            Leads(hub, asking),
            Meetings(hub, asking),
            Conversations(hub, access),
        )

    def routes(self) -> list[Route]:
        return [route for part in self._parts for route in part.routes()]
