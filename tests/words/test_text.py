"""What people may write: every script of the mission's people, and nothing that hides or reorders."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar_server.errors import Refusal
from webinar_server.words.text import ORDERED_MAX, clean, clean_or_empty, composed

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

# as pasted, and what is kept of it
TAKEN = {
    "a cell of a spreadsheet": ("Amsterdam\t12", "Amsterdam 12"),
    "lines of Windows": ("a\r\nb\rc", "a b c"),
    "a paragraph and a page": ("a\u2029b\x0cc\x85d\u2028e", "a b c d e"),
    "spaces of every width": ("a\u00a0b\u202fc\u3000d\u2009e", "a b c d e"),
    "blanks of Hangul and Braille": ("a\u3164b\uffa0c\u2800d", "a b c d"),
    "null": ("a\x00b", "ab"),
    "a bell, and delete": ("a\x07b\x7f", "ab"),
    "C1": ("a\x9bb", "ab"),
    "soft hyphen": ("Am\u00adster\u00addam", "Amsterdam"),
    "zero-width space": ("Am\u200bsterdam", "Amsterdam"),
    "byte order mark": ("\ufeffAmsterdam", "Amsterdam"),
    "word joiner": ("12\u2060kW", "12kW"),
    "grapheme joiner": ("a\u034fb", "ab"),
    "joiner in a Latin name": ("An\u200dna", "Anna"),
    "joiner in a Cyrillic name": ("Ан\u200cна", "Анна"),
    "joiner beside an accent": ("Zoe\u0308\u200d", "Zoë"),
    "joiner at the beginning": ("\u200d👍", "👍"),
    "joiners in a row": ("می\u200c\u200c\u200cخواهم", "می\u200cخواهم"),
    "selector behind a letter": ("Anna\ufe0f", "Anna"),
    "selectors in a row": ("❤\ufe0f\ufe0f\ufe0f", "❤\ufe0f"),
    "smuggled variation selectors": ("😀\U000e0101\U000e0110\U000e0120", "😀"),
    "an isolated name, as chats copy it": ("hi \u2068Anna\u2069!", "hi Anna!"),
    "a mark of direction without need": ("Anna\u200e", "Anna"),
    "a mark of direction with need": ("שלום\u200f!", "שלום\u200f!"),
    "a closed isolate beside Arabic": ("\u2068Anna\u2069 مرحبا", "\u2068Anna\u2069 مرحبا"),
    "an emoji that is newer than this Python": ("\U0001fae8", "\U0001fae8"),
    "a joined emoji with a sign": ("🙂\u200d↔\ufe0f", "🙂\u200d↔\ufe0f"),
}

# what is refused, its code, where it stands, and what is suggested
REFUSED = {
    "empty": ("", "empty", (), ""),
    "spaces": ("   ", "empty", (), ""),
    "no-break spaces": ("\u00a0\u2003\u3000", "empty", (), ""),
    "what is invisible": ("\u200b\u00ad\ufeff\ufe0f", "empty", (), ""),
    "only marks": ("\u0301\u0301", "empty", (), ""),
    "only joiners": ("\u200d\u200c", "empty", (), ""),
    "Hangul filler": ("\u3164", "empty", (), ""),
    "Braille blanks": ("\u2800\u2800", "empty", (), ""),
    "lone surrogate": ("a\ud800b", "control", (1,), "ab"),
    "noncharacter": ("a\uffffb", "control", (1,), "ab"),
    "private characters": ("\uf0b7 one \uf0b7 two", "control", (0, 6), "one two"),
    "right-to-left override": ("user\u202egnp.exe", "bidi", (4,), "usergnp.exe"),
    "embedding": ("a \u202bb\u202c", "bidi", (2, 4), "a b"),
    "open isolate": ("a\u2067b", "bidi", (1,), "ab"),
    "an end without a beginning": ("a\u2069\u2066b", "bidi", (1, 2), "ab"),
    "override in a right-to-left name": ("שלום\u202dabc", "bidi", (4,), "שלוםabc"),
    "override alone": ("\u202e", "bidi", (0,), ""),
    "the place as it was typed": ("\t\u200b a\u202eb", "bidi", (4,), "ab"),
    "tag characters": ("hi\U000e0068\U000e0069", "invisible", (2, 3), "hi"),
    "tags without their flag": ("🏁\U000e0067\U000e0062", "invisible", (1, 2), "🏁"),
    "zalgo": ("Z\u0351\u036b\u0343\u036a\u0302\u036b\u033da", "zalgo", (1, 2, 3, 4, 5, 6, 7), "Za"),
    "tower of Thai marks": ("ก" + "\u0e47" * 6, "zalgo", (1, 2, 3, 4, 5, 6), "ก"),
    "enclosing marks": ("a" + "\u0489" * 6, "zalgo", (1, 2, 3, 4, 5, 6), "a"),
    "precomposed and stacked": ("ế" + "\u0301" * 4, "zalgo", (1, 2, 3, 4), "ế"),
    "two kinds at once": ("a\u202eb\ue000", "bidi", (1,), "ab"),
}


def refusal(text: str, limit: int = 500, *, lines: bool = False) -> str:
    with pytest.raises(Refusal) as refused:
        clean(text, "noun", limit, lines=lines)
    return refused.value.code


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_what_people_write_passes_as_they_wrote_it(text: str) -> None:
    assert clean(text, "noun", 500) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(("text", "kept"), TAKEN.values(), ids=TAKEN)
def test_what_comes_along_when_people_paste_is_taken(text: str, kept: str) -> None:
    assert clean(text, "noun", 500) == kept
    assert clean(kept, "noun", 500) == kept


@pytest.mark.parametrize(("text", "code", "places", "suggestion"), REFUSED.values(), ids=REFUSED)
def test_what_deceives_is_refused_with_its_place_and_what_would_be_taken(
    text: str, code: str, places: tuple[int, ...], suggestion: str
) -> None:
    with pytest.raises(Refusal) as refused:
        clean(text, "noun", 500, field="pitch")
    told = refused.value
    assert (told.code, told.field) == (f"noun.{code}", "pitch")
    assert (told.places, told.suggestion) == (places, suggestion)
    if places:
        assert f"Character {places[0] + 1} " in told.text
        assert f"U+{ord(text[places[0]]):04X}" in told.text
    if suggestion:
        assert clean(suggestion, "noun", 500) == suggestion
        assert len(suggestion) < 5 or suggestion not in str(told), "people's words are in no message"


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


# marks that normalising puts in order, in time with the square of their number; also of class 0, and spacing
ALTERNATING = {
    "below and above": "\u0323\u0301",
    "of two marks each": "\u0344\u0323",
    "Tibetan vowels of two": "\u0f73",
    "Hangul tones and stems of notes": "\u302e\U0001d165",
}


@pytest.mark.parametrize("marks", ALTERNATING.values(), ids=ALTERNATING)
def test_a_high_tower_is_refused_without_putting_its_marks_in_order(marks: str) -> None:
    tower = "x" + marks * (ORDERED_MAX // len(marks) + 1)
    assert composed(tower) == tower != unicodedata.normalize("NFC", tower)
    assert refusal(tower) == refusal("x" + marks * 800) == "noun.zalgo"


def test_marks_are_put_in_order_where_they_are_writing() -> None:
    assert clean("x\u0301\u0323", "noun", 10) == "x\u0323\u0301"
    assert clean("x" + "\u0301\u0323 x" * 40, "noun", 200) == "x" + "\u0323\u0301 x" * 40


def test_line_breaks_only_where_lines_are_meant() -> None:
    assert clean("a\nb", "noun", 50) == "a b"
    assert clean("a\r\nb\u2028c", "noun", 50, lines=True) == "a\nb\nc"
    assert clean("a\n\n\n\n\nb", "noun", 50, lines=True) == "a\n\nb"


def test_spaces_fold_and_ends_are_trimmed() -> None:
    assert clean("  a \u00a0  b  ", "noun", 50) == "a b"


NASTY = "a \t\n\u00a0\u0301\u0489é\u1ebf\u200c\u200d👩\u2028\ufe0f\ufe00\U000e0100\u202e\u2067\u2069\u200fש"
NASTY += "क\u094d\u3164\u200b\ue000🏴\U000e0067\U000e007f❤#\u20e3"


@given(st.text(max_size=60) | st.text(alphabet=NASTY, max_size=20), st.booleans())
def test_what_is_taken_or_suggested_is_taken_as_it_is(text: str, lines: bool) -> None:
    try:
        kept = clean(text, "noun", 60, lines=lines)
    except Refusal as refusal:
        kept = refusal.suggestion
        assert all(place < len(text) for place in refusal.places)
    if kept:
        assert clean(kept, "noun", 60, lines=lines) == kept
        kept.encode()


def test_a_text_may_be_long_by_what_goes() -> None:
    assert clean("x\u00ad" * 10, "noun", 10) == "x" * 10
    assert refusal("\u00ad" * 41, 10) == "noun.too_long"


def test_leaving_it_empty_is_allowed_where_said() -> None:
    assert clean_or_empty("   ", "noun", 10) == ""
    assert clean_or_empty("\u200b\t\ufeff", "noun", 10) == ""
    assert clean_or_empty(" a ", "noun", 10) == "a"
