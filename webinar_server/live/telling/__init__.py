"""Telling: what changed in a room becomes frames, once per audience, in one rhythm for all who follow it."""
