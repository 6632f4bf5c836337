"""Limits of looking back at an hour: how often one asks for what is made of all of it; as in `limits.py`."""

from __future__ import annotations

from webinar_server.limits import Rate

LOOKS_BACK = Rate(1.0, 20)
"""By person: reports, sheets and what else is made of a whole session, each a tenth of a second at most."""
