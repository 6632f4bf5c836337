"""Reactions: a clap is worth seeing now and nothing tomorrow, so it never enters the log.

Reactions are counted per tick and sent as a pulse to everybody; nobody is told who reacted.
"""

REACTIONS = ("clap", "heart", "laugh", "wow", "idea", "agree")
