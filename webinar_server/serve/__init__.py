"""Processes: one or several on a port, their end and renewal, and what an operator asks them."""
