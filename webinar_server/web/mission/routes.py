"""Routes: all calls of a mission over HTTP, one class for each matter."""

from __future__ import annotations

from starlette.routing import Route

from webinar_server.live.hub import Hub
from webinar_server.web.mission.beginnings import Beginnings
from webinar_server.web.mission.copies import Copies
from webinar_server.web.mission.erasing import Erasing
from webinar_server.web.mission.imports import Imports
from webinar_server.web.mission.joining import Joining
from webinar_server.web.mission.letters import Letters
from webinar_server.web.mission.links import MemberLinks
from webinar_server.web.mission.participation import Participation
from webinar_server.web.mission.people import People
from webinar_server.web.mission.pictures import Pictures
from webinar_server.web.mission.report import Report
from webinar_server.web.mission.slots import Slots
from webinar_server.web.who.access import Access
from webinar_server.web.who.site import Site


def routes(hub: Hub, access: Access, site: Site) -> list[Route]:
    return [
        *Beginnings(hub, access).routes(),
        *Erasing(hub, access).routes(),
        *Imports(hub, access).routes(),
        *Joining(hub, access).routes(),
        *Letters(hub, access).routes(),
        *Slots(hub, access).routes(),
        *People(hub, access).routes(),
        *Pictures(hub, access).routes(),
        *Copies(hub, access).routes(),
        *Participation(hub, access, site.public_url).routes(),
        *Report(hub, access).routes(),
        *MemberLinks(hub, access, site.public_url).routes(),
    ]
