"""A running mission for whoever wants to see it: a server, a seeded session and an invented audience.

`cast` (who they are) and `script` (what they say) are pure data; `behaviour` decides, repeatably by seed,
who does what and when; `member` and `audience` bring them over real WebSockets in a process of their own;
`seed` prepares the data folder; `main` starts it all and ends it.
"""
