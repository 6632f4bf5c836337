"""Micro-benchmarks of what a message and a join are made of: `make bench-micro`, never part of `make test`."""
