"""Rooms, fan-out, presence and pace, on a real SQLite log."""
