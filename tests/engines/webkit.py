"""WebKit: Debian's WebKitWebDriver and its small browser, before a screen that nobody sees."""

from __future__ import annotations

import glob
import json
import os
import pathlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from selenium.webdriver import WebKitGTK
from selenium.webdriver.remote.command import Command
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.engines.window import Opens

LISTENS = """() => {
  window.faultsSeen = [];
  const note = (...said) => void window.faultsSeen.push(said.map(String).join(" "));
  addEventListener("error", (event) => note(event.message));
  addEventListener("unhandledrejection", (event) => note(event.reason));
  const error = console.error;
  console.error = (...said) => (note(...said), error(...said));
}"""
"""Its driver tells nothing of the console: a page listens itself, from when it is loaded."""


BROWSERS = "/usr/lib/*/webkit*gtk-*/MiniBrowser"


@contextmanager
def webkit(path: str, folder: pathlib.Path) -> Iterator[Opens]:
    """Windows of a browser of their own each; all end with the context."""
    browser = max(glob.glob(BROWSERS), default="")
    assert browser and shutil.which("Xvfb"), "no MiniBrowser or Xvfb here: `make browser` installs them"
    with ExitStack() as stack:
        environment = {**os.environ, "DISPLAY": stack.enter_context(_display()), "NO_AT_BRIDGE": "1"}
        # an English that the machine need not know
        environment |= {"LANG": "en_GB.UTF-8", "LC_ALL": "", "LANGUAGE": ""}

        def opens(width: int, height: int) -> WebKitWindow:
            with (folder / "said.txt").open("a") as said:
                service = Service(path, env=environment, log_output=said)
                options = Options()
                options.binary_location = browser
                # without its bars, whose buttons would not let it be as narrow as a phone
                for argument in ("--automation", "--full-screen"):
                    options.add_argument(argument)
                driver = WebKitGTK(options=options, service=service)
            stack.callback(driver.quit)
            return WebKitWindow(driver, width, height)

        yield opens


@contextmanager
def _display() -> Iterator[str]:
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    with (
        os.fdopen(read) as told,
        subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as process,
    ):
        os.close(write)
        try:
            number = told.readline().strip()
            assert number, "Xvfb did not start"
            yield f":{number}"
        finally:
            process.terminate()


class WebKitWindow:
    """See `Window`."""

    def __init__(self, driver: WebKitGTK, width: int, height: int) -> None:
        self._driver = driver
        self.size(width, height)

    def size(self, width: int, height: int) -> None:
        self._driver.set_window_rect(0, 0, width, height)

    def go(self, url: str) -> None:
        self._driver.get(url)
        self.run(LISTENS)

    def run(self, function: str, *arguments: Any) -> Any:
        answer = self._driver.execute_async_script(
            f"const [all, done] = arguments; const told = (answer) => done(JSON.stringify(answer));"
            f"(async () => ({function})(...JSON.parse(all)))()"
            f".then((value) => told([value ?? null, null]), (error) => told([null, String(error)]))",
            json.dumps(arguments),
        )
        value, error = json.loads(answer)
        assert error is None, error
        return value

    def act(self, *sources: dict[str, Any]) -> None:
        self._driver.execute(Command.W3C_ACTIONS, {"actions": list(sources)})

    def picture(self) -> bytes:
        return self._driver.get_screenshot_as_png()

    def faults(self) -> list[str]:
        seen: list[str] = self.run("() => window.faultsSeen")
        return seen
