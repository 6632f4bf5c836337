"""A list of people (CSV) into links: columns are kept, a mistake is named with its row, nothing half done."""

from __future__ import annotations

import csv
import io
import pathlib

import pytest

from tests.web.process import fails, prints, run
from tests.web.server import SECRET
from webinar_server.state import Identity
from webinar_server.web.who.tokens import Signer

TABLE = """\
Name;Organisation;Kind;Country;Mail
Ada Lovelace;Engines;knowledge;gb;ada@example.org

Bo Li;;;;bo@example.org
"""


@pytest.fixture
def data(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "data"


@pytest.fixture
def file(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "people.csv"


def listed(
    data: pathlib.Path, file: pathlib.Path, *options: str, command: str = "link"
) -> list[dict[str, str]]:
    role = options or ("--role", "attendee")
    lines = prints(command, "--session", "s1", "--people", file, "--data", data, *role)
    return list(csv.DictReader(lines, delimiter=";"))


def person(link: str) -> Identity:
    return Signer(SECRET).read_link(link.rpartition("#")[2])


def test_everybody_of_a_list_has_a_link_beside_what_stood_there(
    data: pathlib.Path, file: pathlib.Path
) -> None:
    file.write_text(TABLE)
    ada, bo = listed(data, file)
    assert (ada["Name"], ada["Mail"], bo["Mail"]) == ("Ada Lovelace", "ada@example.org", "bo@example.org")
    known = person(ada["link"])
    assert (known.name, known.organisation, known.kind, known.country) == (
        "Ada Lovelace",
        "Engines",
        "knowledge",
        "GB",
    )
    assert not known.entered, "who comes confirms it at the door"
    assert (person(bo["link"]).name, person(bo["link"]).kind) == ("Bo Li", "")
    assert known.id != person(bo["link"]).id


def test_tokens_too_and_a_role_of_their_own(data: pathlib.Path, file: pathlib.Path) -> None:
    file.write_text("name,role\nAda,speaker\nBo,\n")
    lines = prints("token", "--session", "s1", "--role", "host", "--people", file, "--data", data)
    roles = [person(row["token"]).role for row in csv.DictReader(lines)]
    assert roles == ["speaker", "host"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_is_read_as_spreadsheets_save_it(
    data: pathlib.Path, file: pathlib.Path, encoding: str
) -> None:
    file.write_bytes('name;organisation\r\nZoë;"Wind; Water\r\n& Co"\r\n'.encode(encoding))
    out = run("link", "--session", "s1", "--role", "attendee", "--people", file, "--data", data).stdout
    (zoe,) = csv.DictReader(io.StringIO(out), delimiter=";")
    assert person(zoe["link"]).name == "Zoë" and "Wind; Water" in zoe["organisation"]


def test_a_list_makes_hosts_where_that_is_said(data: pathlib.Path, file: pathlib.Path) -> None:
    file.write_text("name;role\nEve;Host\n")
    assert person(listed(data, file, "--hosts")[0]["link"]).role == "host"


def test_a_file_without_end_is_no_list(data: pathlib.Path) -> None:
    assert "is larger than" in fails(
        "link", "--session", "s1", "--role", "attendee", "--people", "/dev/zero", "--data", data
    )


def test_what_a_spreadsheet_would_reckon_with_is_text(data: pathlib.Path, file: pathlib.Path) -> None:
    file.write_text("name;note\nAda;=HYPERLINK(1)\n")
    assert listed(data, file)[0]["note"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no column `name`"),
        ("who;what\nAda;x\n", "no column `name`"),
        ("name\n\n", "0 people"),
        ("name;name\nAda;Bo\n", "`name` too many"),
        ("name;link\nAda;x\n", "`link` too many"),
        ("name;kind\nAda;sme\nBo;company\n", "row 3: the kind is one of sme,"),
        ("name;country\nAda;Holland\n", "row 2: A country is its two letters"),
        ("name;role\nAda;emperor\n", "row 2: the role is one of"),
        ("name;role\nAda;speaker\nEve;Host\n", "row 3: a list makes a host only with --hosts"),
        ("name\nAda\n" + "x" * 65 + "\n", "row 3: "),
        ("name\nAda\nHost\n", "row 3: "),
        ("name;country\nAda;NL\n;NL\n", "row 3: "),
        ("name\nAda,too many\n", "row 2: there are more cells"),
        ('name\n"Ada\n', "no CSV"),
    ],
)
def test_a_mistake_is_named_and_nothing_printed(
    data: pathlib.Path, file: pathlib.Path, text: str, says: str
) -> None:
    file.write_text(text)
    assert says in fails("link", "--session", "s1", "--role", "attendee", "--people", file, "--data", data)
    assert run("link", "--session", "s1", "--role", "attendee", "--people", file, "--data", data).stdout == ""


def test_another_encoding_is_named(data: pathlib.Path, file: pathlib.Path) -> None:
    file.write_bytes("name\nZoë\n".encode("cp1252"))
    assert "CSV UTF-8" in fails(
        "link", "--session", "s1", "--role", "attendee", "--people", file, "--data", data
    )


def test_a_role_is_needed_from_somewhere_and_a_name_from_one_place(
    data: pathlib.Path, file: pathlib.Path
) -> None:
    file.write_text("name\nAda\n")
    assert "the role is one of" in fails("link", "--session", "s1", "--people", file, "--data", data)
    both = run("link", "--session", "s1", "--role", "host", "--name", "X", "--people", file, "--data", data)
    assert both.returncode == 2 and "leave out --name" in both.stderr
    assert run("link", "--role", "host", "--people", file, "--data", data).returncode == 2, "which session?"
