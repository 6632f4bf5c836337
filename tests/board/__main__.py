"""`python -m tests.board` is `webinar-server` where there are boards, too."""

from tests.board import BOARD
from webinar_server.cli import main
from webinar_server.topics import TOPICS

TOPICS[BOARD.name] = BOARD
main()
