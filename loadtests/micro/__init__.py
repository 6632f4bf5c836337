"""Micro-benchmarks of what a message and a join are made of: `make bench-micro`, no part of `make test`."""
