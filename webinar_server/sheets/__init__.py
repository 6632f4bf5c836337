"""Sheets: lists of people as spreadsheets and other programs write them, CSV or XLSX, in Dutch or English.

    bytes ──▶ text (decoding) ──▶ rows (delimited) ──┐
          └─▶ a workbook, guarded (workbook) ────────┴──▶ columns known by their titles ──▶ lines of cards

A file is read in a process of its own (`aside.py`), with bounds for its memory and time: what is hostile in
it ends that process, and nobody waits for it.
"""
