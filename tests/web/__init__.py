"""The socket, HTTP and the terminal, by a real server and real clients on 127.0.0.1."""
