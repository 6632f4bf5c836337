"""Archives: a topic's whole history as a file that can be read without this program, and restored."""
