"""Processes and what an operator asks of them: by real processes, signals, ports and terminals."""
