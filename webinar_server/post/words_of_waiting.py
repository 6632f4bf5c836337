"""Words of letters about what waits for somebody: messages, and contacts to follow up."""

from __future__ import annotations

from collections.abc import Mapping

from webinar_server.mission.letters import LetterKind

Parts = tuple[str, tuple[str, ...], str]
"""A subject, lines, and what its button says."""

EN: Mapping[LetterKind, Parts] = {
    "digest": (
        "{title}: messages wait for you",
        ("Messages to you that you have not read yet: {count}, from {from}.",),
        "Read them",
    ),
    "follow_up": (
        "{title}: contacts to follow up",
        ("These contacts of yours wait for you:",),
        "See my contacts",
    ),
}

NL: Mapping[LetterKind, Parts] = {
    "digest": (
        "{title}: er wachten berichten op je",
        ("Berichten aan jou die je nog niet hebt gelezen: {count}, van {from}.",),
        "Lees ze",
    ),
    "follow_up": (
        "{title}: contacten om op te volgen",
        ("Deze contacten wachten op jou:",),
        "Bekijk mijn contacten",
    ),
}
