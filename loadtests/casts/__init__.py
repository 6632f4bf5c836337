"""Casts: what kinds of people come, and what each does. All pure: a seat and changes in, acts out.

lurker     comes in, reads
chatter    writes, reacts
asker      asks and, being next, introduces themselves
supporter  taps on the next question when one is in the spotlight
voter      votes when a poll opens
host       greets by name, approves, lines up, spotlights, answers, runs polls
guest      somebody of the demo's hour, for rehearsals
"""
