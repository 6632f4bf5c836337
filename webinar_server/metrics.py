"""Metrics: what is counted and timed, in one registry. Nothing here names a person or a session.

Whoever does a thing counts it: once per command, per append or per flush, never per viewer and frame. What a
session's people write, their ids and their sessions' ids are no labels; commands and codes are few and ours.
docs/operating.md says what each means and what to do about it.
"""

from __future__ import annotations

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from webinar_server import __version__

CONTENT_TYPE = CONTENT_TYPE_LATEST

# when each series began is of no use here and doubles their number
disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

QUICK = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
"""Seconds; from a flush for nobody to a disk that hangs."""

COUNTS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


def _counter(name: str, told: str, *labels: str) -> Counter:
    return Counter(f"webinar_{name}", told, labels, registry=REGISTRY)


def _gauge(name: str, told: str, *labels: str) -> Gauge:
    return Gauge(f"webinar_{name}", told, labels, registry=REGISTRY)


def _histogram(name: str, told: str, buckets: tuple[float, ...]) -> Histogram:
    return Histogram(f"webinar_{name}", told, buckets=buckets, registry=REGISTRY)


# people and what they ask for
CONNECTIONS = _gauge("connections", "Open sockets and streams.", "audience")
STREAMS = _gauge("streams", "Of them those that go on by HTTP, since their network lets no socket through.")
REQUESTS_REFUSED = _counter(
    "requests_refused", "HTTP requests that were refused before anything looked at them, by status.", "status"
)
REQUESTS_DROPPED = _counter(
    "requests_dropped", "HTTP requests that broke off before they were whole, in their head or body.", "kind"
)
HANDSHAKES_REFUSED = _counter("handshakes_refused", "Sockets that were not let in, by HTTP status.", "status")
JOINS = _counter("joins", "Joins of a topic: full, resume, or reset where histories differ.", "kind")
ERRANDS = _counter(
    "errands", "What topics told each other: done, refused by whom it was for, or put off.", "outcome"
)
ERASED = _counter("erased", "People erased, of whom the log of a topic holds nothing any more.")
LETTERS = _counter(
    "letters",
    "Letters handed to the mail server: sent, refused, later, unsure; away: it was not there.",
    "state",
)
COMMANDS = _counter(
    "commands", "Commands, and what came of them: done, refused or repeated.", "command", "outcome"
)
REFUSALS = _counter("refusals", "Commands that were refused, by the code told to the asker.", "code")
DENIED = _counter(
    "denied", "Times somebody was not who they should be, or asked for what is not theirs, by code.", "code"
)
EXCESS = _counter("excess", "Times a limit was exceeded, by its name in docs/security.md.", "limit")
POLICY_VIOLATIONS = _counter(
    "policy_violations", "What browsers kept our pages from doing, as they report it.", "directive"
)
CLOSED = _counter("closed", "Sockets this server ended, by close code; 4408 read nothing for long.", "code")

# telling
FLUSH_SECONDS = _histogram("fan_out_seconds", "Telling all viewers of a room what changed, one flush.", QUICK)
FLUSH_ENTRIES = _histogram("flush_entries", "Log entries told in one flush.", COUNTS)
LAGGING = _gauge("lagging_readers", "Viewers skipped at the last flush because they read too slowly.")
ROOMS = _gauge("rooms", "Topics this worker holds open.")
ROOMS_IDLE_CLOSED = _counter("rooms_idle_closed", "Rooms closed because nobody had been in them for a while.")
LOOP_LAG = _histogram("loop_lag_seconds", "How late the event loop was, asked twice a second.", QUICK)
ASLEEP = _counter("asleep", "Times this process was stopped for longer than its lease.")

# the log
APPEND_SECONDS = _histogram("append_seconds", "One append to the log, until it is durable.", QUICK)
ENTRIES = _counter("entries", "Entries appended to the log.")
CONFLICTS = _counter("conflicts_merged", "Appends that were run again because another writer was faster.")
GAPS = _counter("gaps", "Times something was missed and read from the log, by who noticed.", "detector")
REPAIRS = _counter("repairs", "Times this worker wrote back what the log had lost.")
LOG_REACHABLE = _gauge("log_reachable", "Whether the log answers: 1 or 0.")
LEASES_FAILED = _counter("lease_renewals_failed", "Times this worker could not say that it lives.")

BUILD = Info("webinar_build", "The program that serves.", registry=REGISTRY)
BUILD.info({"version": __version__})

# known values are there from the start, so that an alert on a rate sees the first one
for kind in ("full", "resume", "reset"):
    JOINS.labels(kind)
for detector in ("news", "subscribe", "probe", "head"):
    GAPS.labels(detector)
for kind in ("head", "body"):
    REQUESTS_DROPPED.labels(kind)
CLOSED.labels(4408)


def text() -> bytes:
    """All of it, in Prometheus' text format."""
    return generate_latest(REGISTRY)
