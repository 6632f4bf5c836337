"""Inspect: a real Valkey and real files, set up well and badly, and what is said of each."""

from __future__ import annotations

import pathlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from redis.asyncio import Redis

from tests.ports import free_port
from tests.valkey import DURABLE, Valkey
from webinar_server.log.inspect import Facts, advice, facts_of, judge, look_at_folder, look_at_redis
from webinar_server.log.redis.engine import VERSION
from webinar_server.log.sqlite import file as database
from webinar_server.log.sqlite.engine import SqliteLog

GOOD: Facts = {
    "redis_version": "7.2.4",
    "valkey_version": "9.1.0",
    "role": "master",
    "maxmemory_policy": "noeviction",
    "aof_enabled": "1",
    "aof_last_write_status": "ok",
    "appendfsync": "always",
    "wb:version": str(VERSION),
    "skew_ms": "12",
}


@pytest.fixture
def valkey(tmp_path: pathlib.Path) -> Iterator[Valkey]:
    valkey = Valkey(tmp_path / "valkey").start()
    yield valkey
    valkey.kill()


def levels(findings: list[tuple[str, str, str]]) -> list[str]:
    return [level for level, _, _ in findings]


# Redis


def test_good_settings_are_fine_and_give_no_advice() -> None:
    assert set(levels(judge(GOOD))) == {"OK"} and advice(GOOD) == []


@pytest.mark.parametrize(
    ("facts", "level", "words"),
    [
        ({"redis_version": "6.2.14"}, "FAIL", "too old; use Redis 7"),
        ({"maxmemory_policy": "allkeys-lru"}, "FAIL", "allkeys-lru, so parts of the log vanish"),
        ({"aof_enabled": "0"}, "FAIL", "set appendonly yes and appendfsync always"),
        ({"appendfsync": "everysec"}, "WARN", "may lose a second of what was promised"),
        ({"appendfsync": "no"}, "WARN", "may lose much"),
        ({"role": "slave"}, "FAIL", "give the address of its primary"),
        ({"aof_last_write_status": "err"}, "FAIL", "look at the disk of Redis"),
        ({"wb:version": str(VERSION + 1)}, "FAIL", f"version {VERSION + 1} of its data"),
        ({"skew_ms": "-4200"}, "WARN", "4.2 s apart; set up NTP"),
        ({"skew_ms": "90000"}, "FAIL", "90.0 s apart"),
    ],
)
def test_each_bad_setting_is_one_line_that_says_what_to_do(facts: Facts, level: str, words: str) -> None:
    bad = [finding for finding in judge({**GOOD, **facts}) if finding.level != "OK"]
    assert levels(bad) == [level]
    assert words in bad[0].text and ";" in bad[0].text
    assert advice({**GOOD, **facts}) == [f"Redis: {bad[0].text}"]


def test_what_redis_does_not_tell_is_asked_of_the_operator() -> None:
    untold = {name: fact for name, fact in GOOD.items() if name != "appendfsync"}
    assert [level for level in levels(judge(untold)) if level != "OK"] == ["WARN"]
    assert "FAIL" in levels(judge({}))


async def test_a_durable_valkey_is_fine(valkey: Valkey) -> None:
    findings = await look_at_redis(valkey.url)
    assert set(levels(findings)) == {"OK"} and len(findings) == 4
    assert "Valkey 9" in findings[0].text


async def test_what_valkey_says_of_itself_is_what_is_judged(valkey: Valkey) -> None:
    with valkey.client() as client:
        client.config_set("maxmemory-policy", "allkeys-lru")
        client.config_set("appendfsync", "everysec")
        client.set("wb:version", VERSION + 3)
    bad = [finding for finding in await look_at_redis(valkey.url) if finding.level != "OK"]
    assert levels(bad) == ["FAIL", "WARN", "FAIL"]
    assert "lru" in bad[0].text and "everysec" in bad[1].text and str(VERSION + 3) in bad[2].text
    with valkey.client() as client:
        client.config_set("appendonly", "no")
    assert any("AOF is off" in finding.text for finding in await look_at_redis(valkey.url))


async def test_a_user_that_may_not_ask_for_settings_is_told_what_it_could_not_see(valkey: Valkey) -> None:
    with valkey.client() as client:
        client.acl_setuser(
            "narrow", True, passwords=["+pw"], keys=["*"], commands=["+info", "+time", "+get", "+ping"]
        )
    url = valkey.url.replace("redis://", "redis://narrow:pw@")
    bad = [finding for finding in await look_at_redis(url) if finding.level != "OK"]
    assert levels(bad) == ["WARN"] and "cannot be asked" in bad[0].text


async def test_a_wrong_password_or_nobody_at_home_is_one_line(valkey: Valkey) -> None:
    with valkey.client() as client:
        client.config_set("requirepass", "right")
    (refused,) = await look_at_redis(valkey.url.replace("redis://", "redis://:wrong@"))
    assert refused.level == "FAIL" and "login" in refused.text and "wrong@" not in refused.text
    (nobody,) = await look_at_redis(f"redis://127.0.0.1:{free_port()}")
    assert nobody.level == "FAIL" and "cannot be reached" in nobody.text


async def test_a_single_server_that_was_given_for_a_cluster_is_one_line(valkey: Valkey) -> None:
    (finding,) = await look_at_redis(valkey.url.replace("redis://", "redis+cluster://"))
    assert finding.level == "FAIL" and "\n" not in finding.text


async def test_the_facts_of_one_server_are_plain_words(valkey: Valkey) -> None:
    async with Redis(port=valkey.port) as client:
        facts = await facts_of(client)
    assert facts["appendfsync"] == "always" and facts["aof_enabled"] == "1"
    assert all(isinstance(fact, str) for fact in facts.values()) and DURABLE[1] == "yes"


# SQLite


@pytest.fixture
def data(tmp_path: pathlib.Path) -> pathlib.Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


async def written(folder: pathlib.Path) -> SqliteLog:
    log = SqliteLog(folder)
    await log.open()
    return log


async def test_a_folder_is_looked_at_while_a_server_holds_it_and_after(data: pathlib.Path) -> None:
    log = await written(data)
    held = look_at_folder(data)
    assert levels(held) == ["OK", "OK"] and "serves from it" in held[0].text
    await log.close()
    free = look_at_folder(data)
    assert levels(free) == ["OK", "OK"] and "no server runs" in free[0].text
    assert f"file version {database.VERSION}" in free[1].text


def test_a_folder_that_is_not_there_is_not_made(tmp_path: pathlib.Path) -> None:
    assert levels(look_at_folder(tmp_path / "data")) == ["OK"]
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_written_says_so(tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").write_text("in the way")
    (finding,) = look_at_folder(tmp_path / "file")
    assert finding.level == "FAIL" and "cannot write" in finding.text


async def test_a_file_of_the_future_or_a_damaged_one_is_told_and_left_alone(data: pathlib.Path) -> None:
    await (await written(data)).close()
    path = data / "log.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {database.VERSION + 1}")
    assert "update it" in look_at_folder(data)[1].text
    path.write_bytes(b"not a database at all" * 100)
    finding = look_at_folder(data)[1]
    assert finding.level == "FAIL" and "is not a database" in finding.text
    assert path.read_bytes().startswith(b"not a database")
