"""Documents: what is read, printed and sent on when an hour is over, as HTML that stands by itself.

Each is one file: no script, no other file, no style but its own. What people wrote is escaped and isolated;
both languages are in it, and a press changes them.
"""
