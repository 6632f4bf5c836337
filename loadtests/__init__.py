"""Load tests: a full audience against a real server. `python -m loadtests SCENE` runs one; see docs/load.md.

    runner ──plan.json──▶ locust: users (user.py), each a cast (casts/) over the wire (link.py, wire.py)
      │                      └──outcome.json──▶ thresholds.py ──▶ verdict.py, exit code
      └─ server.py: the server under test, where none was named

Beside it stand `swarm.py` and `figures.py`, a lean audience that only counts. gevent is imported by what
locust loads (locustfile, user, link, wire, door, tally) and by nothing else, so tests may import the rest.
"""
