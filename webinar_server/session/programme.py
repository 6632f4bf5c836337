"""The session itself: title, times, video, and whether its doors are open.

             open_session         close_session
    WAITING ──────────────▶ OPEN ──────────────▶ CLOSED
       ▲                    │  ▲                    │
       └─── wait_session ───┘  └─── open_session ───┘   (each mis-click has a way back)

While waiting, people may already greet each other and hand in questions; the page shows a countdown and
becomes live by itself. Once closed, attendees read and hosts may still tidy up.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import UNSET, Meta, UnsetType

from webinar_server.errors import Refusal
from webinar_server.session.roles import AUDIENCES, HOSTS
from webinar_server.session.text import clean, clean_link
from webinar_server.state import Actor, Audience, Command, Draft, Record, Role, View, replace

TITLE_MAX = 200

Time = Annotated[int, Meta(ge=0, le=4_102_444_800_000)]
"""Unix ms before the year 2100: what every browser's calendar can show."""

VideoKind = Literal["none", "youtube", "hls", "mp4", "frame"]


class Session(Record, frozen=True, kw_only=True):
    """One webinar. Times are Unix ms, or `None` where unknown."""

    KIND: ClassVar[str] = "session"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES

    title: str
    state: Literal["waiting", "open", "closed"] = "waiting"
    starts_at: int | None = None
    ends_at: int | None = None
    opened_at: int | None = None
    closed_at: int | None = None
    video_kind: VideoKind = "none"
    video: str = ""
    premoderated: bool = False

    def view(self, audience: Audience) -> View:
        return {
            "title": self.title,
            "state": self.state,
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "opened_at": self.opened_at,
            "closed_at": self.closed_at,
            "video_kind": self.video_kind,
            "video": self.video,
            "premoderated": self.premoderated,
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

    def run(self, draft: Draft, actor: Actor) -> None:
        if next(draft.all(Session), None) is not None:
            raise Refusal("session.exists", f"There is a session {self.session!r} already.")
        _check_times(self.starts_at, self.ends_at)
        draft.put(
            Session(
                id=self.session,
                title=clean(self.title, "session", TITLE_MAX, field="title"),
                starts_at=self.starts_at,
                ends_at=self.ends_at,
                video_kind=self.video_kind,
                video=_clean_video(self.video),
                premoderated=self.premoderated,
            )
        )


class ChangeSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change what is given; what is left out stays. A time that is `null` is no longer known."""

    NAME: ClassVar[str] = "change_session"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    title: str | UnsetType = UNSET
    starts_at: Time | UnsetType | None = UNSET
    ends_at: Time | UnsetType | None = UNSET
    video_kind: VideoKind | UnsetType = UNSET
    video: str | UnsetType = UNSET
    premoderated: bool | UnsetType = UNSET

    def run(self, draft: Draft, actor: Actor) -> None:
        session = the_session(draft)
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        given = {name: value for name, value in given.items() if value is not UNSET}
        if self.title is not UNSET:
            given["title"] = clean(self.title, "session", TITLE_MAX, field="title")
        if self.video is not UNSET:
            given["video"] = _clean_video(self.video)
        changed = replace(session, **given)
        _check_times(changed.starts_at, changed.ends_at)
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


def guess_kind(video: str) -> VideoKind:
    """The kind of player an address most likely wants."""
    if not video:
        return "none"
    if "youtube.com/" in video or "youtu.be/" in video:
        return "youtube"
    path = video.partition("?")[0].lower()
    return "hls" if path.endswith(".m3u8") else "mp4" if path.endswith(".mp4") else "frame"


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


def _clean_video(address: str) -> str:
    """Raises Refusal `session.video`: browsers play nothing unencrypted inside a page like ours."""
    address = clean_link(address, "session", field="video")
    if address and not address.lower().startswith("https://"):
        raise Refusal("session.video", "The video's address starts with https://.", field="video")
    return address


def _check_times(starts_at: int | None, ends_at: int | None) -> None:
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        raise Refusal("session.times", "The end must be after the start.")


RECORDS: list[type[Record]] = [Session]
EXAMPLES = [Session(id="smart-ports", title="Smart ports")]
COMMANDS: list[type[Command]] = [CreateSession, ChangeSession, OpenSession, WaitSession, CloseSession]
