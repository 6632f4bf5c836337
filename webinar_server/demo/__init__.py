"""A running mission for whoever wants to see it: a server, a seeded session and an invented audience.

`cast` (who they are), `script` (what they say), `timetable` (what they plan) and `react` (how they answer
what happens) are pure and repeatable by seed; `member` and `audience` bring them over real WebSockets in a
process of their own; `seed` prepares the data folder; `show` starts it all and ends it.
"""

from webinar_server.demo.show import main

__all__ = ["main"]
