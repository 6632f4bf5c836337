"""The doctor says whether letters go out, and what to do where they do not; a password it never says."""

from __future__ import annotations

import asyncio
import pathlib
import ssl
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from tests.ports import free_port
from webinar_server.post.address import server_of
from webinar_server.post.mailer import Away, Line, Patience
from webinar_server.serve.doctor import judge_mail
from webinar_server.settings import Settings

SITE = "https://live.example"


def settings(smtp: str) -> Settings:
    return Settings(smtp=smtp, smtp_from="post@live.example")


@pytest.fixture
def office() -> Iterator[Controller]:
    def known(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == b"right", handled=False)

    office = Controller(
        object(),
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=known,
        auth_require_tls=False,
    )
    office.start()
    yield office
    office.stop()


def test_without_a_mail_server_it_says_what_follows_from_that() -> None:
    level, about, text = judge_mail(Settings(), SITE)
    assert (level, about) == ("OK", "mail") and "copied by hand" in text


def test_one_that_answers_is_good_and_wants_a_public_address(office: Controller) -> None:
    address = f"smtp://ada:right@127.0.0.1:{office.port}"
    assert judge_mail(settings(address), SITE).level == "OK"
    level, _, text = judge_mail(settings(address), None)
    assert level == "WARN" and "--public-url" in text


def test_one_that_refuses_the_login_or_is_away_is_told_with_what_to_do(office: Controller) -> None:
    level, _, text = judge_mail(settings(f"smtp://ada:hunter2@127.0.0.1:{office.port}"), SITE)
    assert level == "FAIL" and "refuses the login" in text and "hunter2" not in text
    level, _, text = judge_mail(settings(f"smtp://127.0.0.1:{free_port()}"), SITE)
    assert level == "FAIL" and "does not answer" in text
    level, _, text = judge_mail(settings("smtp://ada:hunter2@mail.example.org"), SITE)
    assert level == "FAIL" and "in the clear" in text and "hunter2" not in text
    level, _, text = judge_mail(Settings(smtp="smtp://localhost"), SITE)
    assert level == "FAIL" and "WEBINAR_SMTP_FROM" in text


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """One that nobody signed but itself, for localhost, with its key in the same file."""
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
            ),
            *("-addext", "subjectAltName=DNS:localhost", "-keyout", str(file), "-out", f"{file}.crt"),
        ],
        check=True,
        capture_output=True,
    )
    with file.open("ab") as both:
        both.write(pathlib.Path(f"{file}.crt").read_bytes())
    return file


@pytest.mark.parametrize("way", ["smtps", "smtp+starttls"])
@pytest.mark.parametrize("trusted", [True, False])
async def test_what_is_encrypted_is_so_with_a_certificate_that_is_trusted_alone(
    certificate: pathlib.Path, way: str, trusted: bool
) -> None:
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(certificate)
    port, loop = free_port(), asyncio.get_running_loop()
    told = {"tls_context": theirs, "require_starttls": True} if way != "smtps" else {}
    listener = await loop.create_server(
        lambda: SMTP(object(), hostname="localhost", loop=loop, **told),
        "127.0.0.1",
        port,
        ssl=theirs if way == "smtps" else None,
    )
    ours = ssl.create_default_context(cafile=f"{certificate}.crt" if trusted else None)
    line = Line(server_of(f"{way}://localhost:{port}"), "live.example", Patience(connect=5.0), ours)
    trouble = ""
    try:
        async with line:
            pass
    except Away as away:
        trouble = away.trouble
    listener.close()
    assert trouble == ("" if trusted else "tls")


async def test_one_that_knows_no_encryption_is_given_no_password() -> None:
    loop, port, seen = asyncio.get_running_loop(), free_port(), []

    class Plain(SMTP):
        async def smtp_AUTH(self, arg: str) -> None:
            seen.append(arg)

    listener = await loop.create_server(
        lambda: Plain(object(), hostname="localhost", loop=loop), "127.0.0.1", port
    )
    line = Line(
        server_of(f"smtp+starttls://ada:hunter2@localhost:{port}"),
        "live.example",
        Patience(connect=5.0),
        ssl.create_default_context(),
    )
    with pytest.raises(Away) as away:
        async with line:
            pass
    listener.close()
    assert away.value.trouble == "tls" and seen == []
