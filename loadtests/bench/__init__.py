"""The fan-out of our server beside its peers: same audience, same messages, same core, one run."""
