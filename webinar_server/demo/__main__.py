"""`python -m webinar_server.demo` is `webinar-server demo`."""

from webinar_server.demo import main

main(prog_name="webinar-server demo")
