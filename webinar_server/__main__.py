"""`python -m webinar_server` is `webinar-server`."""

from webinar_server.cli import main

main()
