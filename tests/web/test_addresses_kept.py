"""No part of a Redis address is ever shown: no terminal, doctor, `/readyz`, log or trace does.

Passwords are made of tokens that occur nowhere else, with what people forget to percent-encode between them;
wherever an address is cut, a token would show.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import pathlib
import subprocess
import sys
import traceback
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import sleep
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.client import DEADLINE
from tests.web.process import Serving, environment_of
from webinar_server.clock import monotonic
from webinar_server.errors import StorageError
from webinar_server.log.inspect import look_at_redis
from webinar_server.log.redis.address import read
from webinar_server.log.redis.engine import RedisLog

TOKENS = ("zqxhunter", "48151", "qjxſecret", "zz9plural", "77177")
BETWEEN = (
    "",
    ":",
    "/",
    "?",
    "#",
    "@",
    "%",
    "%2",
    "%40",
    "[",
    "]",
    "\\",
    "'",
    '"',
    "&",
    "=",
    ",",
    " ",
    "\t",
    "{",
    "é",
)
SHAPES = (
    "redis://:{0}@127.0.0.1:1/0",
    "redis://{0}@127.0.0.1:1",
    "redis://{0}:{1}@127.0.0.1:1/two",
    "redis://127.0.0.1:1?password={0}",
    "redis://127.0.0.1:1?{0}={1}",
    "redis://127.0.0.1:1/{0}",
    "redis://127.0.0.1:{0}",
    "redis:/:{0}@127.0.0.1:1",
    "rediss://:{0}@127.0.0.1:1/0",
    "REDIS://:{0}@127.0.0.1:1/0",
    "http://:{0}@127.0.0.1:1",
    "{0}://127.0.0.1:1",
    "default:{0}@127.0.0.1:1",
    "{0}",
    "unix:///nowhere/redis.sock?password={0}",
    "unix://{0}@/nowhere/{1}.sock",
    "redis+sentinel://:{0}@127.0.0.1:1,127.0.0.1:1/{1}",
    "redis+sentinel://:{0}@127.0.0.1:1",
    "redis+cluster://:{0}@127.0.0.1:1,127.0.0.1:1",
    "redis+{0}://127.0.0.1:1",
)

secret_words = st.lists(
    st.tuples(st.sampled_from(TOKENS), st.sampled_from(BETWEEN)), min_size=1, max_size=4
).map(lambda parts: "".join(token + between for token, between in parts))
addresses = st.builds(
    lambda shape, one, two, coded: shape.format(
        *(quote(word, safe="") if coded else word for word in (one, two))
    ),
    st.sampled_from(SHAPES),
    secret_words,
    secret_words,
    st.booleans(),
)
thorough = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def assert_kept(said: str, address: str) -> None:
    for token in TOKENS:
        assert token not in said.lower(), (token, address, said)


def leads_here(address: str) -> bool:
    """Whether it is read, and names this machine: no test asks the network for a password."""
    try:
        return all(host == "127.0.0.1" for host, _ in read(address).nodes)
    except StorageError:
        return True


@given(addresses)
@thorough
def test_whatever_an_address_looks_like_its_trouble_and_its_trace_say_nothing_of_it(address: str) -> None:
    try:
        log = RedisLog(address)
    except StorageError as error:
        assert_kept("".join(traceback.format_exception(error)), address)
        assert "percent-encode" in str(error) and "redis://" in str(error)
    else:
        assert_kept(repr(log.__dict__) + repr(read(address)), address)


@given(addresses.filter(leads_here))
@settings(thorough, max_examples=100)
def test_the_doctor_says_nothing_of_it(address: str) -> None:
    findings = asyncio.run(look_at_redis(address))
    assert [finding.level for finding in findings] == ["FAIL"]
    assert_kept(str(findings), address)


EACH = """
import json, os, sys
from webinar_server.cli import main
for sys.argv in json.load(sys.stdin):
    os.environ.pop("WEBINAR_REDIS", None)
    try:
        main()
    except SystemExit as end:
        assert end.code in (1, 2), sys.argv
"""
MISTAKES = (
    ("doctor", "--redis={}"),
    ("serve", "--redis", "{}", "--workers", "x"),
    ("serve", "{}"),
    ("serve", "--workers", "{}"),
    ("serve", "--metrics", "{}"),
    ("serve", "--public-url", "{}"),
    ("export", "s1", "--data", "{}"),
    ("restore", "{}"),
    ("--redis={}",),
)


def test_a_terminal_shows_nothing_of_it_wherever_it_is_written() -> None:
    words = [token + between + token for token in TOKENS[:2] for between in BETWEEN[::2]]
    tried = [shape.format(word, word) for shape, word in zip(SHAPES, words, strict=False)]
    # a bare word may be anything, so it is known for an address only where one belongs
    first = ("redis", "rediss", "unix", "default")
    shaped = [address for address in tried if address.partition(":")[0].lower() in first]
    commands = [
        ["webinar-server", *(word.format(address) for word in mistake)]
        for mistake in MISTAKES
        for address in (tried if "--redis" in "".join(mistake[1:3]) else shaped)
        if leads_here(address)
    ]
    ended = subprocess.run(
        [sys.executable, "-c", EACH],
        input=json.dumps(commands),
        env=environment_of({}),
        capture_output=True,
        text=True,
        timeout=DEADLINE,
    )
    assert ended.returncode == 0 and ended.stderr, ended.stderr[-2000:]
    assert_kept(ended.stdout + ended.stderr, str(tried))


def readyz(serving: Serving) -> str:
    """What it says as long as it is not ready."""
    began = monotonic()
    while monotonic() - began < DEADLINE:
        try:
            urllib.request.urlopen(f"{serving.url}/readyz", timeout=5).close()
        except urllib.error.HTTPError as error:
            return error.read().decode()
        except (OSError, http.client.HTTPException):
            sleep(0.1)
    raise AssertionError("/readyz did not answer")


@asynccontextmanager
async def echoing() -> AsyncIterator[str]:
    """A server that is no Redis and repeats what it does not know, as Redis does; its address."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            words = " ".join(repr(word) for word in data.decode().split("\r\n")[2::2])
            writer.write(f"-ERR unknown command with args {words}\r\n".encode())
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"redis://77177:zqxhunter@127.0.0.1:{server.sockets[0].getsockname()[1]}"


NOBODY = "redis://zqxhunter:48151@127.0.0.1:1"


@pytest.mark.parametrize(("options", "answered"), [((), False), (("--workers", "2"), True)])
async def test_a_server_and_its_log_show_nothing_of_it_while_nothing_answers(
    tmp_path: pathlib.Path, options: tuple[str, ...], answered: bool
) -> None:
    async with echoing() as echo:
        address = echo if answered else NOBODY
        serving = Serving(tmp_path, "--redis", address, *options, WEBINAR_LOG_LEVEL="info", PYTHONDEVMODE="1")
        serving.launch()
        try:
            said = await asyncio.to_thread(readyz, serving)
            assert said.startswith("not ready: ")
            await asyncio.sleep(1.5)  # so that the terminal is told, too
            _, logged = await asyncio.to_thread(serving.stop)
        finally:
            serving.kill()
        assert "not ready yet" in logged
        assert_kept(said + logged, address)
