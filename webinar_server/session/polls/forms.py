"""The forms there are, each by the name it has on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from webinar_server.session.polls.choice import Choice
from webinar_server.session.polls.cloud import Cloud
from webinar_server.session.polls.form import Form
from webinar_server.session.polls.number import Estimate
from webinar_server.session.polls.quiz import Quiz
from webinar_server.session.polls.ranking import Ranking
from webinar_server.session.polls.scale import Scaled
from webinar_server.session.polls.text import Text

FormName = Literal["choice", "scale", "cloud", "text", "ranking", "number", "quiz"]

FORMS: Mapping[FormName, Form] = {
    "choice": Choice(),
    "scale": Scaled(),
    "cloud": Cloud(),
    "text": Text(),
    "ranking": Ranking(),
    "number": Estimate(),
    "quiz": Quiz(),
}
