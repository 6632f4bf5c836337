"""The secret is nobody else's, and can be changed while a mission is under way."""

from __future__ import annotations

import os
import pathlib
import urllib.error
import urllib.request

import pytest

from tests.web.client import DEADLINE
from tests.web.process import Serving, fails, prints
from tests.web.server import SECRET
from webinar_server.errors import StorageError, TokenError
from webinar_server.web.who.secret import load_secrets
from webinar_server.web.who.tokens import Signer

NEW_ONE = "Jx0Wb7tGm4Zc9Qf2Ky5Rn8Vd1Lh6Ts3PqEuAoI"
TOKEN = ("token", "--session", "s1", "--role", "attendee", "--name", "Ada")


@pytest.fixture
def data(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "data"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("WEBINAR_SECRET", "WEBINAR_SECRET_OLD"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize("weak", ["Sh0rty", "changeme" * 4, "change-me-" * 8, "0123456789" * 4, "x" * 100])
def test_a_weak_secret_is_refused_at_the_start_and_not_repeated(weak: str, data: pathlib.Path) -> None:
    for name in ("WEBINAR_SECRET", "WEBINAR_SECRET_OLD"):
        said = fails("serve", "--port", "0", "--data", data, **{name: weak})
        assert name in said and "openssl rand" in said and weak not in said


def test_what_was_signed_before_is_read_until_the_old_secret_is_taken_away(
    bare: pytest.MonkeyPatch, data: pathlib.Path
) -> None:
    (before,) = prints(*TOKEN, "--data", data, WEBINAR_SECRET=SECRET)
    bare.setenv("WEBINAR_SECRET", NEW_ONE)
    bare.setenv("WEBINAR_SECRET_OLD", SECRET)
    both = load_secrets(data)
    assert Signer(*both).read_link(before).name == "Ada"
    # what is made now is good without the old one
    now = Signer(*both).sign(Signer(*both).read_link(before))
    assert Signer(NEW_ONE).read_link(now).name == "Ada"
    bare.setenv("WEBINAR_SECRET_OLD", "")
    assert load_secrets(data) == (NEW_ONE,)
    with pytest.raises(TokenError):
        Signer(*load_secrets(data)).read_link(before)


def test_a_folders_secret_is_changed_by_setting_it_aside(
    bare: pytest.MonkeyPatch, data: pathlib.Path
) -> None:
    (first,) = load_secrets(data)
    os.rename(data / "secret", data / "secret-old")
    second, old = load_secrets(data)
    assert old == first and second != first
    (data / "secret-old").write_text("short")
    with pytest.raises(StorageError, match="secret-old"):
        load_secrets(data)
    (data / "secret-old").unlink()
    assert load_secrets(data) == (second,)


def test_who_came_with_the_old_key_stays_when_the_server_starts_with_a_new_one(data: pathlib.Path) -> None:
    prints("session", "add", "s1", "--title", "Ports", "--data", data)
    (link,) = prints(*TOKEN, "--data", data)
    for secrets, status in (
        ({"WEBINAR_SECRET": SECRET}, 200),
        ({"WEBINAR_SECRET": NEW_ONE, "WEBINAR_SECRET_OLD": SECRET}, 200),
        ({"WEBINAR_SECRET": NEW_ONE}, 401),
    ):
        serving = Serving(data, **secrets).start()
        try:
            assert _asks_who_they_are(serving.url, link) == status
        finally:
            serving.stop()


def _asks_who_they_are(url: str, token: str) -> int:
    request = urllib.request.Request(f"{url}/api/me", headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=DEADLINE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
