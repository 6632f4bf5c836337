"""Ports of tests: each process has its own, and the kernel gives them to nobody who connects."""

from __future__ import annotations

import pathlib
import socket
import subprocess
import sys

import pytest

from tests import ports as tests_ports
from tests.ports import LOWEST, REFUSED, SHARE, free_port, free_ports

ASK = "from tests.ports import free_port; print(*(free_port() for _ in range(20)))"


def test_each_process_is_given_ports_of_its_own() -> None:
    ours = {free_port() for _ in range(20)}
    asking = [
        subprocess.Popen([sys.executable, "-c", ASK], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    given = [set(map(int, process.communicate(timeout=60)[0].split())) for process in asking]
    assert [len(ports) for ports in given] == [20] * 3
    assert all(ports.isdisjoint(ours) for ports in given)


def test_what_is_taken_is_not_given_and_several_are_in_a_row() -> None:
    taken = free_port()
    with socket.create_server(("127.0.0.1", taken)):
        given = [free_ports(3) for _ in range(SHARE // 2)]
    assert all(ports == list(range(ports[0], ports[0] + 3)) and taken not in ports for ports in given)


def test_none_is_given_at_which_browsers_open_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    first = next(iter(REFUSED)) // SHARE * SHARE
    assert first >= LOWEST
    monkeypatch.setattr(tests_ports, "_share", lambda: (None, first))
    given = {port for _ in range(SHARE) for port in (free_port(), *free_ports(2))}
    assert len(given) > SHARE // 2 and given.isdisjoint(REFUSED)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="where Linux says it")
def test_the_kernel_gives_none_of_them_to_who_connects() -> None:
    lowest = pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0]
    assert free_port() < int(lowest)
