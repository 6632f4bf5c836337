"""Videos by their addresses as people have them: played as meant, or refused with what to give instead.

A page about a video is not the video: sites do not let their pages stand inside another one, only their
players. What pages make of an address that is taken here is `sourceOf` in static/session/programme/video.js.
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from webinar_server.errors import Refusal
from webinar_server.words.addresses import clean_link

VideoKind = Literal["none", "youtube", "hls", "mp4", "frame"]

_YOUTUBES = ("youtube.com", "youtube-nocookie.com", "youtu.be")
_ID = re.compile(r"(?!videoseries)[\w-]{6,20}", re.ASCII)
"""One video's name, which is not the word that a player has for a list of them."""

_CHANNEL = re.compile(r"UC[\w-]{22}", re.ASCII)
"""A channel's own name, by which what it sends live is played; the name with an @ only people know."""

_BEFORE_ID = frozenset({"live", "embed", "shorts", "v", "e"})

_PLAYERS = {
    "vimeo.com": "https://player.vimeo.com/video/NUMBER",
    "twitch.tv": "https://player.twitch.tv/?channel=NAME&parent=SITE",
    "dailymotion.com": "https://geo.dailymotion.com/player.html?video=ID",
    "facebook.com": "https://www.facebook.com/plugins/video.php?href=ADDRESS",
    "linkedin.com": "https://www.linkedin.com/embed/feed/update/ID",
    "zoom.us": "",
    "teams.microsoft.com": "",
    "meet.google.com": "",
}
"""Sites whose pages stand in no other page, and the addresses of their players; some have none."""

_IN_PLAYER = re.compile(r"(player|geo)\..*|.*/(embed|plugins)(/.*)?")


def guess_kind(video: str) -> VideoKind:
    """The kind of player an address most likely wants."""
    if not video:
        return "none"
    if any(_is_of(site, video) for site in _YOUTUBES):
        return "youtube"
    path = video.partition("?")[0].lower()
    return "hls" if path.endswith(".m3u8") else "mp4" if path.endswith((".mp4", ".webm", ".m4v")) else "frame"


def check_video(kind: VideoKind, video: str, of: str = "session") -> None:
    """Raises Refusal `OF.video_page` (YouTube, but no video or channel of it), `OF.video_kind`
    (another player's) and `OF.video_site` (a page that stands in no other).
    """
    if not video or kind == "none":
        return
    guessed = guess_kind(video)
    if guessed == "youtube" and not _youtube(video):
        text = "This leads to a page with videos, not to one; open it, press Share, and give the link there."
        raise Refusal(f"{of}.video_page", text, field="video")
    # a player of its own may have an address without an ending
    if kind != guessed and not (guessed == "frame" and kind in ("hls", "mp4")):
        text = f"This address is for another kind of video: {guessed}. Please choose that."
        raise Refusal(f"{of}.video_kind", text, field="video_kind")
    if kind == "frame":
        _refuse_page(video, of)


def clean_video(video: str, of: str) -> str:
    """An address of a video that is played as what it most likely is, or the empty string. Raises Refusal
    `OF.video`, and as above."""
    video = clean_link(video, of, field="video")
    if video and not video.lower().startswith("https://"):
        raise Refusal(f"{of}.video", "The video's address starts with https://.", field="video")
    check_video(guess_kind(video), video, of)
    return video


def _youtube(video: str) -> bool:
    """Whether it names one video, or a channel by the name it has for itself."""
    parts = urlsplit(video)
    if _host(video).removeprefix("www.").removeprefix("m.").removeprefix("music.") not in _YOUTUBES:
        return False
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    what, name, *_ = [*(word for word in parts.path.split("/") if word), "", ""]
    if what == "channel" or name == "live_stream":
        return bool(_CHANNEL.fullmatch(name if what == "channel" else asked.get("channel", "")))
    given = what if _host(video) == "youtu.be" else asked.get("v", name if what in _BEFORE_ID else "")
    return bool(_ID.fullmatch(given))


def _refuse_page(video: str, of: str) -> None:
    is_player = _IN_PLAYER.fullmatch(_host(video) + urlsplit(video).path)
    for site, player in () if is_player else _PLAYERS.items():
        if _is_of(site, video):
            instead = f"give its player's address, {player}" if player else "give a stream of it"
            raise Refusal(f"{of}.video_site", f"{site} lets no page show this one; {instead}.", field="video")


def _is_of(site: str, video: str) -> bool:
    return ("." + _host(video)).endswith("." + site)


def _host(video: str) -> str:
    try:
        return (urlsplit(video).hostname or "").lower()
    except ValueError:
        return ""
