"""Scripts: the .lua files beside this, run by their SHA-1, sent whole where a server has not seen them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from redis.exceptions import NoScriptError

from webinar_server.log.redis.servers import Client


class Script:
    """One script; all its keys live on one server."""

    def __init__(self, name: str) -> None:
        self._text = Path(__file__).with_name(f"{name}.lua").read_bytes()
        self._sha = hashlib.sha1(self._text).hexdigest()

    async def __call__(self, commands: Client, keys: Sequence[str], arguments: Sequence[Any]) -> Any:
        told = (len(keys), *keys, *arguments)
        try:
            return await commands.execute_command("EVALSHA", self._sha, *told)
        except NoScriptError:
            # a server that was started anew, or another one; a script that was not found did nothing
            return await commands.execute_command("EVAL", self._text, *told)


APPEND = Script("append")
CLOCK = Script("clock")
CUT = Script("cut")
READ = Script("read")
RENEW = Script("renew")
RESTORE = Script("restore")
SNAPSHOT = Script("snapshot")
