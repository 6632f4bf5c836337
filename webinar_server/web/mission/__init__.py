"""A mission over HTTP: one module for each matter, each with its routes."""
