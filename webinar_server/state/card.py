"""Cards: what is said of somebody wherever they are named."""

from __future__ import annotations

from typing import Literal, get_args

OrganisationKind = Literal["sme", "consultancy", "knowledge", "local", "federal", "other"]
ORGANISATION_KINDS: tuple[OrganisationKind, ...] = get_args(OrganisationKind)
