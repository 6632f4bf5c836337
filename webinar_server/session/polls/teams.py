"""Teams: points of a quiz by organisation, of those who asked for it as they answered.

Who answers `team` says that their organisation's name may stand there with how many of it were right; nobody
else counts for it, and no points are those of one person alone in a poll that is anonymous.
"""

from __future__ import annotations

from webinar_server.session.people import Person
from webinar_server.session.polls.poll import Poll, Team
from webinar_server.session.polls.quiz import is_right
from webinar_server.session.polls.vote import Vote
from webinar_server.state import Draft, replace

LEAST = 2
"""People of a team: of one it would be their answer."""


def counted(draft: Draft, poll: Poll) -> Poll:
    """The poll with its teams, best first; those of an earlier closing go on counting."""
    if not poll.points:
        return poll
    found = {team.organisation: (team.people, team.points) for team in poll.teams}
    for organisation, right in _answers(draft, poll):
        people, points = found.get(organisation, (0, 0))
        found[organisation] = (people + 1, points + right)
    teams = [
        Team(organisation=name, people=people, points=points)
        for name, (people, points) in found.items()
        if people >= LEAST
    ]
    return replace(poll, teams=tuple(sorted(teams, key=lambda team: (-team.points, team.organisation))))


def _answers(draft: Draft, poll: Poll) -> list[tuple[str, bool]]:
    """The organisation of each who counts for theirs, and whether they were right."""
    found = []
    for vote in draft.of(Vote, "poll", poll.id):
        person = draft.get(Person, vote.by) if vote.team and not vote.sealed else None
        if person is not None and person.organisation:
            found.append((person.organisation, is_right(poll, vote.options)))
    return found
