"""The session itself: title, times, video, and whether its doors are open.

             open_session         close_session
    WAITING ──────────────▶ OPEN ──────────────▶ CLOSED
       ▲                    │  ▲                    │
       └─── wait_session ───┘  └─── open_session ───┘   (each mis-click has a way back)

While waiting, people may already greet each other and hand in questions; the page shows a countdown and
becomes live by itself. Once closed, attendees read and hosts may still tidy up.
"""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from msgspec import UNSET, UnsetType

from webinar_server.errors import Refusal
from webinar_server.session.roles import AUDIENCES, HOSTS
from webinar_server.state import Actor, Audience, Command, Draft, Record, Role, View, replace
from webinar_server.words.addresses import LINK_MAX, clean_link, personal
from webinar_server.words.sizes import Time, up_to
from webinar_server.words.text import clean
from webinar_server.words.videos import VideoKind, check_video, guess_kind

TITLE_MAX = 200

_OWN_PATH = re.compile(r"/[\w.~-][\w./~-]*", re.ASCII)

_LED = re.compile(r"https://[^/?#]+/(host|stage|speaker)/[^/?#]+/?(\?.*)?", re.IGNORECASE)
"""A page of ours that is not for people who join, whatever name its site has."""

Shown = Literal["video", "logo", "join"]
"""What is shown by its address."""


SessionState = Literal["waiting", "open", "closed"]


class Session(Record, frozen=True, kw_only=True):
    """One webinar. Times are Unix ms, or `None` where unknown. The stage also shows `logo`, a picture by its
    address, and `join`, where people who see it may come in. `mission` is whose it is, by id, if any's.
    """

    KIND: ClassVar[str] = "session"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES

    title: str
    state: SessionState = "waiting"
    starts_at: int | None = None
    ends_at: int | None = None
    opened_at: int | None = None
    closed_at: int | None = None
    video_kind: VideoKind = "none"
    video: str = ""
    premoderated: bool = False
    logo: str = ""
    join: str = ""
    mission: str = ""

    def view(self, audience: Audience) -> View:
        shown = {} if audience == "attendee" else {"logo": self.logo, "join": self.join}
        return shown | {
            "title": self.title,
            "state": self.state,
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "opened_at": self.opened_at,
            "closed_at": self.closed_at,
            "video_kind": self.video_kind,
            "video": self.video,
            "premoderated": self.premoderated,
            "mission": self.mission,
        }


class CreateSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First entry of a session's log; said by the terminal or the organiser, never by a socket."""

    NAME: ClassVar[str] = "create_session"
    INTERNAL: ClassVar[bool] = True

    session: str
    title: str
    starts_at: Time | None = None
    ends_at: Time | None = None
    video_kind: VideoKind = "none"
    video: str = ""
    premoderated: bool = False
    logo: str = ""
    join: str = ""
    mission: str = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        if next(draft.all(Session), None) is not None:
            raise Refusal("session.exists", f"There is a session {self.session!r} already.")
        _check_times(self.starts_at, self.ends_at)
        video = _clean_secure(self.video, "video")
        check_video(self.video_kind, video)
        draft.put(
            Session(
                id=self.session,
                title=clean(self.title, "session", TITLE_MAX, field="title"),
                starts_at=self.starts_at,
                ends_at=self.ends_at,
                video_kind=self.video_kind,
                video=video,
                premoderated=self.premoderated,
                logo=_clean_logo(self.logo),
                join=_clean_join(self.join),
                mission=self.mission,
            )
        )


class ChangeSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change what is given; what is left out stays. A time that is `null` is no longer known."""

    NAME: ClassVar[str] = "change_session"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    title: Annotated[str, up_to(TITLE_MAX)] | UnsetType = UNSET
    starts_at: Time | UnsetType | None = UNSET
    ends_at: Time | UnsetType | None = UNSET
    video_kind: VideoKind | UnsetType = UNSET
    video: Annotated[str, up_to(LINK_MAX)] | UnsetType = UNSET
    premoderated: bool | UnsetType = UNSET
    logo: Annotated[str, up_to(LINK_MAX)] | UnsetType = UNSET
    join: Annotated[str, up_to(LINK_MAX)] | UnsetType = UNSET

    def run(self, draft: Draft, actor: Actor) -> None:
        session = the_session(draft)
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        given = {name: value for name, value in given.items() if value is not UNSET}
        if session.mission and given.keys() & {"title", "starts_at", "ends_at"}:
            text = "The programme of its mission says what it is called and when it is; change it there."
            raise Refusal("session.planned", text)
        if self.title is not UNSET:
            given["title"] = clean(self.title, "session", TITLE_MAX, field="title")
        if self.video is not UNSET:
            given["video"] = _clean_secure(self.video, "video")
            if self.video_kind is UNSET and session.video_kind == "none":
                given["video_kind"] = guess_kind(given["video"])
        if self.logo is not UNSET:
            given["logo"] = _clean_logo(self.logo)
        if self.join is not UNSET:
            given["join"] = _clean_join(self.join)
        changed = replace(session, **given)
        _check_times(changed.starts_at, changed.ends_at)
        if {"video", "video_kind"} & given.keys():
            check_video(changed.video_kind, changed.video)
        draft.put(changed)


class OpenSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Doors open: every waiting page becomes live."""

    NAME: ClassVar[str] = "open_session"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    def run(self, draft: Draft, actor: Actor) -> None:
        session = the_session(draft)
        if session.state != "open":
            opened = session.opened_at or actor.at
            draft.put(replace(session, state="open", opened_at=opened, closed_at=None))


class WaitSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Doors opened by mistake: back to the countdown. A session that has ended is opened again instead."""

    NAME: ClassVar[str] = "wait_session"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    def run(self, draft: Draft, actor: Actor) -> None:
        session = the_session(draft)
        if session.state == "closed":
            raise Refusal("session.closed", "This session has ended; open it again.")
        draft.put(replace(session, state="waiting", opened_at=None))


class CloseSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The hour is over: attendees read on but add nothing."""

    NAME: ClassVar[str] = "close_session"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    def run(self, draft: Draft, actor: Actor) -> None:
        session = the_session(draft)
        if session.state != "closed":
            draft.put(replace(session, state="closed", closed_at=actor.at))


def the_session(draft: Draft) -> Session:
    """The one session of this log. Refused where the log has none."""
    session = next(draft.all(Session), None)
    if session is None:
        raise Refusal("session.unknown", "There is no such session.")
    return session


def refuse_when_closed(draft: Draft, actor: Actor) -> Session:
    """For commands that add something: only hosts may after the end."""
    session = the_session(draft)
    if session.state == "closed" and actor.role not in HOSTS:
        raise Refusal("session.closed", "This session has ended; you can still read everything.")
    return session


def _clean_secure(address: str, what: Shown, *, named: bool = False) -> str:
    """Raises Refusal `session.WHAT`: browsers take nothing unencrypted into a page like ours, and nobody is
    sent to it from a stage.
    """
    address = clean_link(address, "session", field=what, named=named)
    if address and not address.lower().startswith("https://"):
        raise Refusal(f"session.{what}", f"The {what}'s address starts with https://.", field=what)
    return address


def _clean_logo(address: str) -> str:
    """A picture of this server's own by its path, or of any site. Raises Refusal `session.logo`."""
    return address if _OWN_PATH.fullmatch(address) else _clean_shown(address, "logo")


def _clean_join(address: str) -> str:
    """Where anybody may come in. Raises Refusal `session.join`."""
    address = _clean_shown(address, "join")
    if _LED.fullmatch(address):
        text = "This page is not for people who join; give that of the session, https://…/session/ID."
        raise Refusal("session.join", text, field="join")
    return address


def _clean_shown(address: str, what: Shown) -> str:
    """What the stage shows to everybody: of a site by its name, and nobody's own. Raises Refusal."""
    address = _clean_secure(address, what, named=True)
    if "#" in address:
        raise personal("session", what)
    return address


def _check_times(starts_at: int | None, ends_at: int | None) -> None:
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        raise Refusal("session.times", "The end must be after the start.")


NAMES_NOBODY = True
RECORDS: list[type[Record]] = [Session]
EXAMPLES = [Session(id="smart-ports", title="Smart ports")]
COMMANDS: list[type[Command]] = [CreateSession, ChangeSession, OpenSession, WaitSession, CloseSession]
