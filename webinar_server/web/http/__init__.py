"""HTTP: what comes in, bounded; pages, files, calls, and what their answers carry."""
