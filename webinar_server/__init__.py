"""The live interaction and community server for digital missions.

Read it from the bottom: `state` (records and the log's entries, pure), `session` (the nouns and their
rules, pure), `log` (where entries are kept), `live` (rooms, fan-out, presence), `web` (sockets and pages),
`cli` (commands at a terminal). A floor imports downwards only; tests/test_floors.py holds that.
"""

__version__ = "0.1.0"
