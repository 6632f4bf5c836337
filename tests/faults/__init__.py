"""Faults: a server killed or restarted under its audience, by real signals to a real process."""
