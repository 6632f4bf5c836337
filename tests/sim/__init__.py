"""Simulation: several workers and their audience in one process, on a virtual clock, faults from a seed."""
