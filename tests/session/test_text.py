"""What people may write: every script of the mission's people, and nothing that hides or reorders."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar_server.errors import Refusal
from webinar_server.session.text import clean, clean_link, clean_or_empty

WRITTEN = {
    "Dutch": "Zoë vraagt: hoe laad je 's nachts € 0,12 goedkoper (coöperatie)?",
    "Frisian": "Hoe giet it mei jûns opladen, sûnder tefolle ûnk?",
    "Vietnamese": "Nguyễn Thị Ánh hỏi về trạm sạc ở Cần Thơ",
    "Arabic": "مرحبًا بالعالم، كيف تُشحن الحافلات؟",
    "Persian with a joiner": "می\u200cخواهم بپرسم",
    "Hebrew": "שָׁלוֹם עוֹלָם",
    "Thai": "สวัสดีครับ ผมชื่อนิรันดร์ ที่นี่",
    "Hindi with a joiner": "क्\u200dषमा करें, चार्जिंग कैसे?",
    "Burmese with five marks": "နွှို့ ကျွန်ုပ်",
    "Tibetan": "ཧཱུྃ བོད་སྐད་",
    "Hebrew with accents": "בְּרֵאשִׁ֖ית",
    "Chinese": "充电桩在哪里？",
    "Japanese": "充電スタンドはどこですか。",
    "Korean": "충전소는 어디에 있나요?",
    "Greek": "Πού φορτίζω;",
    "Turkish": "İstanbul'da şarj ığdır?",
    "Polish": "Gdzie naładować łódź?",
    "family emoji": "👩\u200d👩\u200d👧\u200d👦 wave",
    "rainbow flag": "🏳️\u200d🌈",
    "skin tone": "👋🏽 hi",
    "keycap": "1️⃣ first",
    "heart": "❤️",
    "flag": "🇳🇱🇺🇸",
    "emoji alone": "👍",
    "emoji joined after a letter and a space": "x 👩\u200d💻",
    "markup": "<script>alert('x')</script> & \"quoted\"",
    "sum": "1 + 1 = 2",
}

REFUSED = {
    "empty": ("", "empty"),
    "spaces": (" \t ".replace("\t", " "), "empty"),
    "no-break spaces": ("\u00a0\u2003\u3000", "empty"),
    "only marks": ("\u0301\u0301", "empty"),
    "only joiners": ("\u200d\u200c", "empty"),
    "null": ("a\x00b", "control"),
    "escape": ("\x1b[31mred", "control"),
    "tab": ("a\tb", "control"),
    "carriage return": ("a\r\nb", "control"),
    "C1": ("a\x85b", "control"),
    "delete": ("a\x7f", "control"),
    "lone surrogate": ("a\ud800b", "control"),
    "noncharacter": ("a\uffffb", "control"),
    "right-to-left override": ("user\u202egnp.exe", "bidi"),
    "isolate": ("a\u2066b\u2069", "bidi"),
    "zero-width space": ("ad\u200bmin", "invisible"),
    "byte order mark": ("\ufeffadmin", "invisible"),
    "soft hyphen": ("ad\u00admin", "invisible"),
    "word joiner": ("ad\u2060min", "invisible"),
    "tag characters": ("hi\U000e0068\U000e0069", "invisible"),
    "joiner in a Latin name": ("ad\u200dmin", "invisible"),
    "joiner in a Cyrillic name": ("ад\u200dмин", "invisible"),
    "joiner beside an accent": ("Zoë\u200d", "invisible"),
    "Hangul filler": ("\u3164", "invisible"),
    "halfwidth filler": ("a\uffa0", "invisible"),
    "grapheme joiner": ("a\u034fb", "invisible"),
    "Braille blanks": ("\u2800\u2800", "empty"),
    "tower of Thai marks": ("ก" + "\u0e47" * 20, "zalgo"),
    "enclosing marks": ("a" + "\u0489" * 6, "zalgo"),
    "smuggled variation selectors": (
        "😀\U000e0101\U000e0110\U000e0120\U000e0130\U000e0140\U000e0150",
        "zalgo",
    ),
    "zalgo": ("Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d", "zalgo"),
    "stacked variation selectors": ("x" + "\ufe0f" * 6, "zalgo"),
    "precomposed and stacked": ("ế" + "\u0301" * 4, "zalgo"),
}


def refusal(text: str, limit: int = 500, *, lines: bool = False) -> str:
    with pytest.raises(Refusal) as refused:
        clean(text, "noun", limit, lines=lines)
    return refused.value.code


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_what_people_write_passes_as_they_wrote_it(text: str) -> None:
    assert clean(text, "noun", 500) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(("text", "code"), REFUSED.values(), ids=REFUSED)
def test_what_hides_reorders_or_is_nothing_is_refused_with_its_reason(text: str, code: str) -> None:
    assert refusal(text) == f"noun.{code}"


@pytest.mark.parametrize(("size", "fits"), [(9, True), (10, True), (11, False)])
def test_the_limit_is_in_code_points(size: int, fits: bool) -> None:
    for letter in ("x", "é", "汉", "👍"):
        if fits:
            assert clean(letter * size, "noun", 10) == letter * size
        else:
            assert refusal(letter * size, 10) == "noun.too_long"


def test_letters_that_grow_when_normalised_count_as_what_is_kept() -> None:
    assert clean("\u0958" * 5, "noun", 10) == "\u0915\u093c" * 5
    assert refusal("\u0958" * 6, 10) == "noun.too_long"


def test_a_huge_text_is_refused_at_once_for_its_size_alone() -> None:
    assert refusal("\u0301" * 10_000_000) == "noun.too_long"


@pytest.mark.parametrize(("marks", "fits"), [(4, True), (5, True), (6, False)])
def test_up_to_five_marks_stand_on_a_letter(marks: int, fits: bool) -> None:
    text = "x" + "\u0323\u0331\u0302\u0301\u0308\u0304"[:marks]
    if fits:
        assert clean(text, "noun", 10)
    else:
        assert refusal(text) == "noun.zalgo"


def test_line_breaks_only_where_lines_are_meant() -> None:
    assert refusal("a\nb") == "noun.control"
    assert clean("a\n\n\n\n\nb", "noun", 50, lines=True) == "a\n\nb"


def test_spaces_fold_and_ends_are_trimmed() -> None:
    assert clean("  a \u00a0  b  ", "noun", 50) == "a b"


@given(st.text(max_size=60), st.booleans())
def test_what_was_cleaned_stays_as_it_is(text: str, lines: bool) -> None:
    try:
        kept = clean(text, "noun", 60, lines=lines)
    except Refusal:
        return
    assert clean(kept, "noun", 60, lines=lines) == kept
    kept.encode()


@given(st.text(alphabet="a \n\u00a0\u0301é\u1ebf\u200d👩\u2028\ufe0f", max_size=20), st.booleans())
def test_what_was_cleaned_stays_as_it_is_near_the_borders(text: str, lines: bool) -> None:
    try:
        kept = clean(text, "noun", 60, lines=lines)
    except Refusal:
        return
    assert clean(kept, "noun", 60, lines=lines) == kept


def test_leaving_it_empty_is_allowed_where_said() -> None:
    assert clean_or_empty("   ", "noun", 10) == ""
    assert clean_or_empty(" a ", "noun", 10) == "a"


@pytest.mark.parametrize(
    "link", ["", "  ", "https://x.example/a?b=c#d", "http://x.example", "HTTPS://X.example"]
)
def test_links_lead_to_the_web(link: str) -> None:
    assert clean_link(link, "noun") == link.strip()


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
        ("https://", "link"),
        ("https://x.example/\u202etxt", "bidi"),
        ("https://" + "x" * 300, "too_long"),
    ],
)
def test_other_links_are_refused(link: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        clean_link(link, "noun")
    assert refused.value.code == f"noun.{code}"
