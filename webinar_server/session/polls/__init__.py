"""Polls: questions to everybody, each answered in the way of its form; a kind a file."""
