"""Limits: what one client, one person or one address may send, hold or ask for; all of them, in one place.

`docs/security.md` has the same table with what happens at each and how it is counted: whatever is exceeded
counts as `webinar_excess_total{limit}`, by the name that stands there. Sizes are bytes, times seconds. How
long people's words may be is the business of the nouns; how a server behaves under its own load of
`settings.py`. What newcomers of a mission may ask for stands in `limits_of_newcomers.py`,
of contacts and conversations in files of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Rate(NamedTuple):
    """`each` seconds for one, `burst` of them at once."""

    each: float
    burst: int


# a connection before it is a socket, by anybody

URL_MAX = 2 * 1024
HEADER_LINE_MAX = 8 * 1024
COOKIE_LINE_MAX = 64 * 1024
"""A browser sends the cookies of all services on a domain in one line, and has some 45 of ours at most."""

OUR_COOKIES_MAX = 32 * 1024
"""Of ours, the newest: what is kept of a cookie line, until the request is answered."""

HEADER_LINES_MAX = 128
HEADERS_MAX = 32 * 1024
"""Header lines beside the cookies, together: four times what browsers send."""

HEAD_MAX = COOKIE_LINE_MAX + HEADERS_MAX

BODY_MAX = 64 * 1024
BODY_WIRE_MAX = 4 * BODY_MAX
"""The same with what surrounds it: sizes of chunks, their extensions, trailers."""

LIST_MAX = 4 * 1024 * 1024
LIST_WITHIN = 60.0
"""A list of people: a mission's 6,000 in UTF-16, and half a megabit a second. Before it is here nobody knows
who sends it, so all that are on their way stay within `HELD_MAX`."""

HEAD_WITHIN = 10.0
"""For a whole request head, from its first byte or from the connection's beginning."""

BODY_WITHIN = 10.0
TAKEN_WITHIN = 60.0
"""For an answer that the client does not read: 64 kB of it at a time, and its last part."""

LEAVING_WITHIN = 2.0
LEFT_UNREAD_MAX = 1024 * 1024
LEFT_UNREAD_EACH = 0.1
"""How long, for how many bytes, and after how many seconds each time somebody who was refused may talk on:
closed while they do, the kernel would reset the connection, and the answer would be lost with it. What came
of it all is thrown away, so it is let in a buffer at a time."""

KEEP_ALIVE = 5
"""Whole seconds that a connection may wait for its next request."""

OPEN_EACH = 1_000
OPEN_MAX = 4_000
"""Connections by which nobody is known, of an address and in a worker: a company's 150 people load the page
with six each. Where there are more, the one goes that has waited longest for its own client."""

HELD_MAX = 8 * 1024 * 1024
HELD_FREE = 4 * 1024
"""Bytes of a worker's requests that are not all here; where there are more, only such as have sent no more
than the latter are waited for."""

DESCRIPTORS_KEPT = 16
"""File descriptors that connections leave to the log, to its engine and to an operator's look."""

TRICKLES = Rate(2.0, 10)
"""By address: looks at what a proxy makes of a stream, a second each."""

# frames of a socket, from anybody

FRAGMENTS_MAX = 64
CONTROLS = Rate(0.2, 20)
"""Pings and pongs; a ping is answered, a pong wakes us."""

FRAMES = Rate(0.02, 200)
"""Frames of one socket, whatever they are; the burst lets a client resend what was pending when its line
broke."""

BYTES = Rate(1 / (256 * 1024), 4 * 1024 * 1024)
"""Bytes of one socket, whatever they are; the burst is 256 of the largest messages of an attendee, or 64 of a
host's."""

GOODBYE_MAX = 256 * 1024
GOODBYE_FRAMES = 1_000
"""Bytes and frames looked through for the answer to a close frame; they are neither parsed nor kept. A client
that is only late has sent what `FRAMES` lets it; 256 kB of the smallest frames would take 40,000 looks."""

WAITING_BYTES = 512 * 1024
WAITING_MAX = 256
"""Frames behind a join; above the burst of `FRAMES`, so that who resends what is pending is never cut off."""

ERRORS_EACH = 6.0
"""Seconds after which one frame that was not understood is forgiven."""

WHOLE = Rate(10.0, 5)
"""How often one connection may ask for the whole state: a page needs it once, and again if it is confused."""

# the second way in: a stream of events, and posts

STREAM_LIFE = 60.0
STREAM_LIFE_LEAST = 1.0
"""Seconds that an answer goes on, before it is asked for anew: who went without a word is missed as soon; the
least is for a proxy that keeps an answer until its end."""

TOPICS_EACH = 8
"""Topics that one connection follows, and joins in the address of a stream."""

POST_FRAMES = 64
POSTS = Rate(0.1, 60)
POSTS_WAITING = 8
"""Frames of a post, posts of a person, and how many of them may wait for an answer: each tab sends one at a
time. Their frames and bytes count as `FRAMES` and `BYTES`, by person."""

# commands of one person

COMMANDS: Mapping[str, Rate] = {
    "say": Rate(2.0, 5),
    "ask": Rate(15.0, 3),
    "support": Rate(0.5, 10),
    "unsupport": Rate(0.5, 10),
    "vote": Rate(1.0, 5),
    "introduce": Rate(5.0, 5),
    "raise_hand": Rate(5.0, 3),
    "wave_back": Rate(5.0, 3),
    "lower_hand": Rate(5.0, 3),
    "give_feedback": Rate(1.0, 10),
    "change_card": Rate(5.0, 5),
    "turn": Rate(1.0, 10),
    "leave_mission": Rate(5.0, 3),
    "want_letters": Rate(1.0, 10),
    "attend": Rate(0.5, 20),
    "skip": Rate(0.5, 20),
}
"""Of sessions and missions."""

ANY = Rate(0.2, 20)
HOST = Rate(0.05, 100)
PULSE = Rate(1 / 3, 10)

# one person's devices and names

DEVICES_EACH = 20
"""Devices of one person; one more ends the one that was last seen longest ago."""

ENDED_EACH = 100
"""Ended devices remembered one by one; older ones by when they ended."""

OTHERS_EACH = 3
"""People who may come in by somebody else's link: forwarded it is a guest, published it would be a crowd."""

ENTERING = Rate(1.0, 20)
"""By person, with or without a new name: what is looked at then costs."""

DEVICE = Rate(5.0, 10)
"""By person: comings in by a link, each of which may be a new device."""

RENAME_MS = 60_000
RENAMES_MAX = 5
"""How often one person may change how they are known in one session, each told to all."""

ERRANDS_MAX = 10_000
"""Of a topic, for others that do not take them: a day's, at a hundred a minute for an hour and a half."""

# the door

BAD_TOKEN = Rate(0.5, 20)
HANDSHAKE = Rate(0.02, 600)
"""By address, with a valid token: a company's 300 people share one address."""

HANDSHAKE_EACH = Rate(0.5, 60)
"""By person, and counted before the address: nobody keeps those out who come from where they do. The burst is
all tabs of somebody, each coming back a few times."""

UNKNOWN = Rate(0.5, 20)
"""By address: sessions that the log does not know, since each has all workers look."""

SESSIONS_MADE = Rate(10.0, 50)
"""By organiser: a week's programme at once."""

STAGE_LINKS = Rate(5.0, 20)
"""By host: links for screens, one for each that is set up; those of an hour are a handful."""

REPORTS = Rate(1.0, 20)
"""By address: what browsers report of a page that did what it may not."""

# joins of one person, wherever and however often they are connected

JOINS = Rate(0.5, 40)
JOINS_AHEAD = Rate(2.0, 10)
"""From a position that this worker has not heard of, which has it ask the log."""

JOIN_BYTES = Rate(1 / (256 * 1024), 8 * 1024 * 1024)
"""What joins were sent: a full room some thirty times."""

PAGE_MAX = 100
PAGES = Rate(0.2, 30)
"""Records of a page of older ones, and pages of a person: all of an hour's chat are fifty. Their bytes count
as those of joins."""

DIRECTORY = Rate(0.25, 20)
"""Pages of a mission's directory, of a person: one for each letter that is typed. Of 5,000 people each takes
up to 20 ms where they have the same words for things, five times that where each has their own."""

ORGANISING = Rate(0.2, 40)
"""By organiser, calls of their pages: a week's programme planned at once, and one for each letter typed."""

COPIES = Rate(60.0, 5)
"""By organiser: missions that are begun as copies, each with a log of its own for every session."""

FEEDS = Rate(10.0, 30)
"""By participant: looks at the feed of their sessions. A calendar takes one in a quarter of an hour."""

MINE = Rate(60.0, 3)
"""By participant: all of somebody's data, for which all sessions that were are opened."""
ERASING = Rate(2.0, 20)
"""By participant: people erased, each with a new snapshot of the mission and of its sessions."""
MEMBER_LINKS = Rate(0.2, 50)
LINK_LISTS = Rate(10.0, 5)
"""By organiser: links of a mission's people, one by one, and as a list of all, which signs 5,000."""

IMPORTS = Rate(5.0, 20)
"""By organiser: looks at a list, and takings in of one. Each is a process for some seconds."""

DIRECTORY_WORDS_MAX = 100
DIRECTORY_VALUES_MAX = 30

RESTORED_MAX = 4 << 30
"""Bytes of an export that comes through a pipe, which may have no end; a file is as large as it is."""

EXPORT_HEADER_MAX = 16 * 1024
"""Bytes of an export's first line, which are some hundred: in what is none the first line may never end."""

EXPORT_ENTRY_MAX = 64 << 20
"""Bytes of an entry's line. The largest is where a host comes and all 2,000 people and 1,000 questions are
marked anew: some 12 MB, and written twice where its fields alone do not give its bytes."""

EXPORT_SNAPSHOT_MAX = 1 << 30
"""Bytes of a snapshot's line, which has each record twice: 2,000 people with 200 messages each."""
