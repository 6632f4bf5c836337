"""Alike: organisations of the directory that somebody may mean who writes theirs a little otherwise."""

from __future__ import annotations

import re
from collections import Counter

from rapidfuzz import fuzz, process

from webinar_server.mission.consent import may_see
from webinar_server.mission.participants import Participant
from webinar_server.state import State
from webinar_server.words.folding import folded

ALIKE_LEAST = 84.0
"""Of a hundred: one letter of six, two of twelve."""

OFFERED_MAX = 3
LETTERS_LEAST = 3

_FORM = re.compile(r"\b(b v|bv|n v|nv|v o f|vof|gmbh|ag|inc|llc|ltd|limited|corp|corporation|co|stichting)\b")
"""Legal forms, by which one organisation is called in two ways."""


def alike(state: State, organisation: str) -> list[str]:
    """Those that are called nearly so, the likeliest first; nothing where one is called just so."""
    wanted = bare(folded(organisation))
    if len(wanted) < LETTERS_LEAST:
        return []
    keys: dict[str, list[str]] = {}
    for key in state.counts(Participant, "employer"):
        keys.setdefault(bare(key), []).append(key)
    # more than are offered: of some nobody is listed
    found = process.extract(wanted, keys.keys(), scorer=fuzz.ratio, limit=20, score_cutoff=ALIKE_LEAST)
    names = [name for called, _, _ in found for name in _spelled(state, keys[called])]
    return [] if organisation.strip() in names else names[:OFFERED_MAX]


def _spelled(state: State, keys: list[str]) -> list[str]:
    """One of the directory as most write it."""
    spelled = Counter(
        one.organisation
        for key in keys
        for one in state.of(Participant, "employer", key)
        if may_see(state, one.id, "organisation", "directory")
    )
    return [name for name, _ in spelled.most_common(1)]


def bare(organisation: str) -> str:
    """As it is compared, of a folded name: without dots and legal form."""
    plain = " ".join(re.sub(r"[.,&+/()]", " ", organisation).split())
    return " ".join(_FORM.sub(" ", plain).split()) or plain
