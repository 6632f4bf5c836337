"""The socket: from a handshake to frames, of one connection each."""
