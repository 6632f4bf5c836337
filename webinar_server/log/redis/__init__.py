"""The log in Redis or Valkey, for several workers: scripts on a stream, told to the others by pub/sub."""
