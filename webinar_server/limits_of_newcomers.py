"""Limits of newcomers: what anybody may ask of a mission, by address and in all; as in `limits.py`."""

from __future__ import annotations

from webinar_server.limits import Rate

JOINING = Rate(0.5, 400)
JOINING_ALL = Rate(0.02, 1_000)
"""Forms of newcomers, by address and in all, of a worker: a company's 300 people come in at once."""

CODES = Rate(10.0, 30)
CODES_ALL = Rate(1.0, 500)
"""Wrong codes, by address and by mission: whoever guesses waits, and so does everybody from there."""

LOST_LINKS = Rate(10.0, 20)
LOST_LINKS_ALL = Rate(0.2, 300)
"""Asked for, by address and in all; to one receiver there goes one in ten minutes."""

ALIKE = Rate(1.0, 100)
ALIKE_ALL = Rate(0.1, 500)
"""By address and in all: organisations that are called nearly so; each looks at all of a mission's."""

STOPS = Rate(1.0, 100)
"""By address: who wants no more letters. Mail providers ask for many people."""
