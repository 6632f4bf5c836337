"""Load tests: a full audience against a real server. `python -m loadtests SCENE` runs one; see docs/load.md.

    runner ──plan.json──▶ locust: users (user.py), each a cast (casts/) on a link (link.py)
      │                      └──outcome.json──▶ verdict.py, exit code
      └─ server.py: the server under test, where none was named

A link is the client that any program may use (`webinar_server/client`), carried by gevent, which is imported
by what locust loads (locustfile, user, link, wire) and by nothing else, so tests may import the rest. Beside
it stand `swarm.py` and `figures.py`, a lean audience that only counts.
"""
