"""Addresses: links lead to the web, and a person's link says whose site it is."""

import pytest

from webinar_server.errors import Refusal
from webinar_server.words.addresses import clean_link, hides


@pytest.mark.parametrize(
    "link",
    [
        "", "  ", "\u200b", "https://x.example/a?b=c#d", "http://x.example", "HTTPS://X.example",
        "https://x.example:8443/a@b", "https://x.example?a@b", "http://[::1]:8000/", "https://münchen.example/ü",
        "https://नमस्ते.example/", "https://日本.example", "https://a_b.example",
    ],
)  # fmt: skip
def test_links_lead_to_the_web(link: str) -> None:
    assert clean_link(link, "noun") == link.strip(" \u200b")


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("javascript:alert(1)", "link"),
        ("JaVaScRiPt:alert(1)//https://x", "link"),
        ("data:text/html,<script>", "link"),
        ("https://x y", "link"),
        ('https://x.example/"onclick="x', "link"),
        ("https://x.example/<b>", "link"),
        ("//x.example", "link"),
        ("https://live.example.org:x@evil.example/path", "link"),
        ("https://live.example.org@evil.example", "link"),
        ("https://live.example.org\u2044.evil.example", "link"),
        ("https://live.example.org\u2215path.evil.example", "link"),
        ("https://live.example.org\uff0f.evil.example", "link"),
        ("https://live.example.org%2f.evil.example", "link"),
        ("https://", "link"),
        ("https://good.example:99999", "link"),
        ("https://good.example:0", "link"),
        ("https://..com", "link"),
        ("https://a..example", "link"),
        ("https://.example", "link"),
        (f"https://{'x' * 64}.example", "link"),
        ("https://x.example/\u202etxt", "bidi"),
        ("https://" + "x" * 300, "too_long"),
    ],
)
def test_other_links_are_refused(link: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        clean_link(link, "noun")
    assert refused.value.code == f"noun.{code}"


def test_nobody_gives_a_personal_link_away() -> None:
    for page in ("session", "host", "stage"):
        with pytest.raises(Refusal) as refused:
            clean_link(f"https://live.example.org/{page}/s1?lang=nl#WyJh.b", "noun")
        assert refused.value.code == "noun.link_personal" and "WyJh" not in refused.value.text


def test_of_a_link_only_a_link_is_suggested() -> None:
    for link, suggestion in (("https://x.example/\u202ea", "https://x.example/a"), ("x\u202e.example", "")):
        with pytest.raises(Refusal) as refused:
            clean_link(link, "noun")
        assert refused.value.suggestion == suggestion


HIDING = {
    "Cyrillic letters": "https://аррӏе.com/",
    "a Cyrillic letter": "https://аpple.com/",
    "a Cyrillic letter, in capitals": "https://АPPLE.COM/",
    "in a word of the name": "https://login.gооgle.example/a",
    "a Greek letter": "https://gοogle.com",
    "an Armenian letter": "https://bаnk.օrg",
    "this machine": "http://localhost:8000/",
    "this machine, by number": "http://127.0.0.1/",
    "this machine, by another number": "http://[::1]/",
    "a number": "https://2130706433/",
    "in hexadecimals": "https://0x7f.1/",
    "in octals": "https://0177.0.0.01/x",
    "in wide digits": "https://１２７.０.０.１/",
    "a router": "http://192.168.1.1/reboot",
    "of the reader's network": "https://printer.local/",
    "one word": "https://intranet/",
    "a number with a dot": "https://127.0.0.1./",
    "a local network": "https://x.lan",
    "a home's": "https://x.HOME/",
    "a company's": "https://x.corp:8443",
    "an intranet's": "https://x.intranet.",
    "a private one": "https://x.private",
    "a router's": "https://x.localdomain",
    "a name that is a number": "https://127.0.0.1.nip.io",
    "a name of a number with hyphens": "https://app-10-0-0-1.dns.example",
    "this machine, by a name": "https://localtest.me/",
    "what is refused in letters": "https://xn--pple-43d.com",
    "all of it, in ASCII": "https://xn--80ak6aa92e.com",
    "in ASCII that says nothing": "https://xn--99999999.com",
    "a sharp s": "https://\u00df.com",
    "a dotless i": "https://ex\u0131mple.com",
    "a script g": "https://\u0261oogle.com",
    "a small capital": "https://ex\u1d00mple.com",
}


@pytest.mark.parametrize("link", HIDING.values(), ids=HIDING)
def test_what_hides_where_it_leads_is_no_persons_link(link: str) -> None:
    assert clean_link(link, "noun") == link, "a video may come from anywhere"
    with pytest.raises(Refusal) as refused:
        clean_link(link, "noun", named=True)
    assert (refused.value.code, refused.value.field) == ("noun.link_hides", "link")


@pytest.mark.parametrize(
    "link",
    [
        "https://voltline.example/x?y=1#z", "https://münchen.example/ü", "https://почта.рф/", "https://नमस्ते.example/",
        "https://日本.example", "https://日本no.example", "https://한국.example", "https://ελλάδα.gr/", "https://3com.example",
        "https://xn--mnchen-3ya.example", "https://a_b.example:8443/a@b", "https://4.5.6.example", "https://مثال.example",
        "https://x.example/аррӏе", "https://1e100.net", "https://localhost.example",
        "https://xn--80a1acny.xn--p1ai", "https://łódź.example", "https://smørrebrød.example", "https://lan.example",
        "https://home.corp.example", "https://2024-10-12.example", "https://route-1-2-3.example", "https://nip.io.example",
        "https://voltline.example:65535/", "https://voltline.example./",
    ],
)  # fmt: skip
def test_a_site_by_its_name_is_in_whatever_letters(link: str) -> None:
    assert clean_link(link, "noun", named=True) == link
    assert not hides(link)


def test_of_a_persons_link_no_disguise_is_suggested() -> None:
    for link in ("https://аpple.com/\u202ea", "http://[::1]/\u202ea"):
        with pytest.raises(Refusal) as refused:
            clean_link(link, "noun", named=True)
        assert (refused.value.code, refused.value.suggestion) == ("noun.bidi", "")
