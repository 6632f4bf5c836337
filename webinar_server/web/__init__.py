"""Web: HTTP, sockets, identity, static files. Starlette and uvicorn are known here only."""
