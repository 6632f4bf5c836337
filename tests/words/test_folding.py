"""Text folded for searching: what people type finds what others wrote, on the server as on the pages."""

from __future__ import annotations

import json
import pathlib
import subprocess

import pytest

from webinar_server.words.folding import folded

ROOT = pathlib.Path(__file__).parents[2]

PAIRS = [
    ("Søren Kierkegård", "soren kierkegard"),
    ("Łukasz", "lukasz"),
    ("O’Brien", "obrien"),
    ("d'Arc", "darc"),
    ("Jan-Willem  van\tDijk", "jan willem van dijk"),
    ("Zoë", "zoe"),
    ("Zoe\u0308", "zoe"),
    ("Weißgerber–Straße", "weissgerber strasse"),
    ("Ǣlfred Þór", "aelfred thor"),
    ("ﬁber", "fiber"),
    ("محمد", "محمد"),
    ("Ⅷ Ｖｏｌｔ", "viii volt"),
    ("  ", ""),
    ("İzmir Ilıca", "izmir ilica"),
]


@pytest.mark.parametrize(("text", "found_by"), PAIRS)
def test_a_text_is_found_as_people_type_it(text: str, found_by: str) -> None:
    assert folded(text) == found_by and folded(found_by) == found_by


def test_pages_fold_alike() -> None:
    texts = [text for text, _ in PAIRS]
    script = (
        f'import {{ folded }} from "{(ROOT / "static/app/lib/words.js").as_uri()}";'
        f"console.log(JSON.stringify({json.dumps(texts)}.map(folded)))"
    )
    run = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(run.stdout) == [folded(text) for text in texts]
