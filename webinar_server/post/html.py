"""HTML of letters: what stands around their words, with its styles in it: mail programs have no sheets."""

from __future__ import annotations

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>{subject}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:36em;margin:0 auto;overflow-wrap:anywhere">
{lines}{button}{below}</div></body></html>
"""
LINE = '<p dir="auto" style="margin:0 0 16px;white-space:pre-line">{}</p>\n'
BELOW = '<p dir="auto" style="margin:0 0 8px;font-size:13px;opacity:.8">{}</p>\n'
BUTTON = (
    '<p style="margin:24px 0"><a href="{link}" style="display:inline-block;padding:12px 20px;'
    'border-radius:6px;background:{accent};color:{ink};text-decoration:none;font-weight:600">{words}</a></p>\n'
)


def ink_on(accent: str) -> str:
    """Black or white, whichever is read better on a colour (WCAG's relative luminance)."""
    parts = [int(accent[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if luminance > 0.179 else "#ffffff"
