"""Seals: signs that could be taken for the mark of who leads a session, or of somebody whom it vouches for.

Checks, stars, crowns, chess kings, shields, medals, badges, locks, keys, microphones, blue discs and
diamonds, and letters in squares and dark discs, which look like a badge of this page. Trademarks, crosses,
signs of faith and all other emoji are nobody's mark.
"""

import re

SEALS = re.compile(
    "[\u221a\u22c6\u235f\u237b\u2605\u2606\u2611\u2654\u2655\u265a\u265b\u269c\u269d\u26e4-\u26e8\u2705"
    "\u2713\u2714\u2726-\u2730\u2734-\u2739\u2742\u2b50-\u2b52\u2be8-\u2beb\U00010102\U0001f130-\U0001f16f"
    "\U0001f170-\U0001f1ac\U0001f200-\U0001f265\U0001f31f\U0001f396\U0001f397\U0001f399\U0001f3a4"
    "\U0001f3c5\U0001f3c6\U0001f3f5\U0001f3f6\U0001f451\U0001f46e\U0001f478\U0001f4a0\U0001f4db"
    "\U0001f50f-\U0001f512\U0001f530\U0001f535\U0001f537\U0001f539\U0001f5dd\U0001f5f8\U0001f5f9\U0001f6e1"
    "\U0001f7c0-\U0001f7d4\U0001f934\U0001f947-\U0001f949\U0001fac5\U0001fbb1]"
)
"""One of them. Letters of flags are none."""
