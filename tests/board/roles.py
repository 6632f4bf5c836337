"""Who there is at a board; none of these words is a session's."""

from webinar_server.state import Roles

ROLES = Roles(
    {"keeper": "keepers", "member": "members", "wall": "walls"},
    server="keeper",
    leading=("keeper",),
    screens=("walls",),
)
