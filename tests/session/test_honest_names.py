"""Honest names of many scripts stay: taken as they are, nobody else's, and not the house's."""

import itertools

import pytest

from webinar_server.errors import Refusal
from webinar_server.words import names, readings
from webinar_server.words.cards import clean_name, clean_organisation
from webinar_server.words.house import is_reserved
from webinar_server.words.names import alike

HONEST = [
    "Sjoerd van der Meulen",
    "Zoë Brønsted",
    "Marijke 't Hooft",
    "Björk Guðmundsdóttir",
    "Łukasz Wójcik",
    "Nguyễn Thị Minh Khai",
    "Seán Ó Briain",
    "İbrahim Çelik",
    "Ağa Yıldız",
    "Iida Virtanen",
    "Ilse Claes",
    "Lise Claes",
    "Kaʻiulani Kealoha",
    "Þórunn Ísleifsdóttir",
    "María-José Núñez",
    "Renée L'Écuyer",
    "Václav Dvořák",
    "Ștefan Țepeș",
    "Ọláyínká Adébáyọ̀",
    "Nǀuu Katriina",
    "Jan Smit III",
    "J. P. M. Bakker",
    "Martin Luther King Jr.",
    "Александр Пушкин",
    "Наталія Їжак",
    "Лена Иванова",
    "Гена Иванова",
    "Ђорђе Живковић",
    "Бат-Эрдэнэ Төмөр",
    "Ελένη Παπαδοπούλου",
    "Νίκος Καζαντζάκης",
    "Արամ Խաչատրյան",
    "ქეთევან გელოვანი",
    "שרה כהן",
    "יוסף לוי",
    "محمد علي",
    "فاطمة الزهراء",
    "زهرا می\u200cری",
    "نور جہاں",
    "ሰላማዊት ተስፋዬ",
    "प्रिया शर्मा",
    "राहुल वर्मा",
    "অমর্ত্য সেন",
    "ਹਰਪ੍ਰੀਤ ਕੌਰ",
    "કિરણ પટેલ",
    "முருகன் செல்வம்",
    "రామారావు",
    "ಕಾವ್ಯ ಗೌಡ",
    "അനിത മേനോൻ",
    "නිමල් පෙරේරා",
    "สมชาย ใจดี",
    "ສົມພອນ",
    "អង់ សុខា",
    "အောင်ဆန်းစုကြည်",
    "བསྟན་འཛིན་",
    "李伟",
    "山田 太郎",
    "佐々木 ローラ",
    "さくら はな",
    "김민준",
    "ᐊᓇ ᐃᓄᒃ",
    "ᏎᏉᏯ",
    "ⵎⴰⵙⵉⵏ",
    "ߞߊ߲ߕߍ",
    "Tanaka 田中",
    "李伟 Wei",
]
"""As their owners write them: of people on missions, and of people in books."""

HOSTS = ["Anna de Vries", "Tom", "Jan Smit", "Lee", "Ali Kaya", "Wei Li", "Нина", "佐木", "Ada Host"]

# a guest, and a host whom nobody takes them for
NEAR = [
    ("Anna de Vries-Jansen", "Anna de Vries"),
    ("Anna Maria de Vries", "Anna de Vries"),
    ("Anna van Vries", "Anna de Vries"),
    ("Anna de Vriese", "Anna de Vries"),
    ("Anna de Vriens", "Anna de Vries"),
    ("Hanna de Vries", "Anna de Vries"),
    ("Anne de Vries", "Anna de Vries"),
    ("Anna 李 de Vries", "Anna de Vries"),
    ("Tim", "Tom"),
    ("Tom Jansen", "Tom"),
    ("Tomas", "Tom"),
    ("Ilse Claes", "Lise Claes"),
    ("Lise Claes", "Ilse Claes"),
    ("Mila", "Milla"),
    ("Jan Smit III", "Jan Smit"),
    ("Jan Smith", "Jan Smit"),
    ("Лена", "Гена"),
    ("Анна", "Инна"),
    ("Марина", "Мария"),
    ("محمود", "محمد"),
    ("李娜", "李伟"),
    ("佐々木", "佐木"),
    ("김민지", "김민준"),
    ("कमल", "कमला"),
    ("T田中", "To"),
]


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_name_is_taken_as_it_is(name: str) -> None:
    assert clean_name(name) == name == clean_organisation(name)
    assert not is_reserved(name)
    assert alike(name, HOSTS) is None


def test_honest_names_are_not_each_others() -> None:
    assert len(HONEST) >= 60
    assert [pair for pair in itertools.permutations(HONEST, 2) if alike(pair[0], [pair[1]])] == []


@pytest.mark.parametrize(("guest", "host"), NEAR)
def test_a_name_near_to_a_hosts_is_another(guest: str, host: str) -> None:
    assert alike(guest, [host]) is None


@pytest.mark.parametrize("name", ["·", ".", "42", "—", "👍", "\U0001fae8", "\ufffd", "ˈ", "ǃ", "™", "①"])
def test_a_name_needs_a_letter(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        clean_name(name)
    assert (refused.value.code, refused.value.field) == ("person.no_letter", "name")


def test_an_object_that_was_pasted_is_no_name() -> None:
    with pytest.raises(Refusal, match=r"person.empty"):
        clean_name("\ufffc")
    assert clean_name("Ada\ufffc") == "Ada"


def test_only_names_are_suggested_for_names() -> None:
    for clean in (clean_name, clean_organisation):
        with pytest.raises(Refusal) as refused:
            clean("\u202e·")
        assert (refused.value.code.partition(".")[2], refused.value.suggestion) == ("bidi", "")


def test_a_letter_of_a_newer_unicode_makes_a_name() -> None:
    assert clean_name("\U000323b0") == "\U000323b0", "an ideograph since Unicode 17, of somebody's name"


def test_an_organisation_may_be_a_number_but_not_a_sign() -> None:
    assert clean_organisation("112") == "112"
    with pytest.raises(Refusal, match=r"organisation.no_letter"):
        clean_organisation("·")


def test_no_more_names_are_kept_than_come_in_together() -> None:
    kept = [cached for module in (names, readings) for cached in vars(module).values() if _is_cache(cached)]
    assert len(kept) >= 3
    for cached in kept:
        most = cached.cache_parameters()["maxsize"]
        assert most is not None and most <= 1024


def _is_cache(found: object) -> bool:
    return hasattr(found, "cache_parameters")
