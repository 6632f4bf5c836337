"""Firefox by the WebDriver BiDi that it speaks itself: nothing between, one process for all its windows."""

from __future__ import annotations

import base64
import itertools
import json
import pathlib
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser.conftest import until
from tests.engines.window import Opens

PREFERENCES = {
    "intl.accept_languages": "en-GB",
    "ui.prefersReducedMotion": 1,
    # it would see neither mouse nor finger: fine, and can hover
    "ui.primaryPointerCapabilities": 6,
    "ui.allPointerCapabilities": 6,
    "layout.css.prefers-color-scheme.content-override": 1,  # light
    # what it would ask the world for as it starts
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "messaging-system.rsexperimentloader.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
}
SAYS_WHERE = "WebDriver BiDi listening on "
ANSWER_S = 60


@contextmanager
def firefox(path: str, folder: pathlib.Path) -> Iterator[Opens]:
    """A Firefox with a profile of its own in the folder; it ends with the context."""
    preferences = (f"user_pref({json.dumps(name)}, {json.dumps(to)});\n" for name, to in PREFERENCES.items())
    (folder / "user.js").write_text("".join(preferences))
    command = [path, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
    said = folder / "said.txt"
    with said.open("w") as output, subprocess.Popen(command, stderr=output, stdout=output) as process:
        try:
            with connect(f"{_address(process, said)}/session", max_size=None, proxy=None) as socket:
                bidi = Bidi(socket)
                yield lambda width, height: FirefoxWindow(bidi, width, height)
        finally:
            process.terminate()


def _address(process: subprocess.Popen[bytes], said: pathlib.Path) -> str:
    def told() -> list[str]:
        assert process.poll() is None, f"Firefox ended: {said.read_text()}"
        return [line for line in said.read_text().splitlines(keepends=True) if SAYS_WHERE in line]

    until(lambda: any(line.endswith("\n") for line in told()), "Firefox says where it listens", ANSWER_S)
    return told()[0].split(SAYS_WHERE)[1].strip()


class Bidi:
    """One session with the browser: a command at a time, and what it tells of its consoles meanwhile."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self.faults: dict[str, list[str]] = defaultdict(list)
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded"])

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        id = next(self._ids)
        self._socket.send(json.dumps({"id": id, "method": method, "params": params}))
        while (told := json.loads(self._socket.recv(ANSWER_S))).get("id") != id:
            self._heard(told)
        assert told["type"] == "success", f"{method}: {told}"
        result: dict[str, Any] = told["result"]
        return result

    def _heard(self, event: dict[str, Any]) -> None:
        entry = event.get("params", {})
        if event.get("method") == "log.entryAdded" and entry["level"] == "error":
            self.faults[entry["source"]["context"]].append(entry["text"] or json.dumps(entry))


class FirefoxWindow:
    """See `Window`."""

    def __init__(self, bidi: Bidi, width: int, height: int) -> None:
        self._bidi = bidi
        user = bidi.call("browser.createUserContext")["userContext"]
        self._id = bidi.call("browsingContext.create", type="window", userContext=user)["context"]
        self.size(width, height)

    def size(self, width: int, height: int) -> None:
        self._call("browsingContext.setViewport", viewport={"width": width, "height": height})

    def go(self, url: str) -> None:
        self._call("browsingContext.navigate", url=url, wait="complete")

    def run(self, function: str, *arguments: Any) -> Any:
        # as texts, for BiDi's own values say the type of each part
        answer = self._bidi.call(
            "script.callFunction",
            functionDeclaration="async (all) => JSON.stringify("
            f"await ({function})(...JSON.parse(all)) ?? null)",
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self._id},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def act(self, *sources: dict[str, Any]) -> None:
        self._call("input.performActions", actions=list(sources))

    def picture(self) -> bytes:
        return base64.b64decode(self._call("browsingContext.captureScreenshot")["data"])

    def faults(self) -> list[str]:
        self.run("() => 0")  # what was told until now comes with the answer
        return self._bidi.faults[self._id]

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        return self._bidi.call(method, context=self._id, **params)
