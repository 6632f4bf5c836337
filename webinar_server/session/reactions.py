"""Reactions: a clap is worth seeing now and nothing tomorrow, so it never enters the log.

Reactions are counted per tick and sent as a pulse to everybody; nobody is told who reacted.
"""

from webinar_server.errors import Refusal

REACTIONS = ("clap", "heart", "laugh", "wow", "idea", "agree")


def check_reaction(reaction: str) -> str:
    """The reaction, if it is one of ours. Raises Refusal `pulse.unknown`."""
    if reaction not in REACTIONS:
        raise Refusal("pulse.unknown", f"Reactions are {', '.join(REACTIONS)}.")
    return reaction
