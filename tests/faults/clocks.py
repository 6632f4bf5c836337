"""Clocks: a process whose wall clock is wrong and may jump while it runs; its monotonic clock goes on."""

from __future__ import annotations

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).parents[2]


class Clock:
    """The clock of the processes that are started with its environment."""

    def __init__(self, file: pathlib.Path) -> None:
        found = subprocess.run([ROOT / "scripts" / "faketime"], capture_output=True, text=True)
        if found.returncode:
            raise RuntimeError(found.stderr.strip())
        self._file = file
        self.set(0)
        self.environment = {
            "LD_PRELOAD": found.stdout.strip(),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            # looked at each time, so that it jumps at once
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def set(self, seconds: int) -> None:
        """So much ahead of the right time, or behind."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{seconds:+d}\n", encoding="ascii")
        fresh.replace(self._file)
