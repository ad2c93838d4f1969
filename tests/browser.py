"""A folder of notebooks goes in; JupyterLab 4 and Notebook 7 that serve it, and its notebooks open in a real browser, come out."""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

INTERFACES = {"lab": "lab/tree", "notebook": "notebooks"}  # and the address under which each opens a notebook
LOCAL = ("http://127.0.0.1:", "blob:", "data:")
PATIENCE = 90  # seconds for a server or a kernel to start, on a machine with other work to do
SOON = 20  # seconds for anything else

# A browser for root and for small machines, that asks nobody for anything.
FLAGS = (
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-domain-reliability",
)  # fmt: skip

# Where words stand in the pieces of a text, as the two ends of a drag of the mouse.
ENDS = """async ([pieces, words]) => {
    const measured = () => {
        const nodes = [...document.querySelectorAll(pieces)].map((piece) => piece.firstChild);
        const text = nodes.map((node) => node.data).join('');
        const from = text.indexOf(words);
        if (from < 0) throw new Error(`'${words}' does not stand in: ${text}`);
        const range = document.createRange();
        let at = 0;
        for (const node of nodes) {
            const [start, end] = [from - at, from + words.length - at];
            if (0 <= start && start < node.length) range.setStart(node, start);
            if (0 < end && end <= node.length) range.setEnd(node, end);
            at += node.length;
        }
        range.startContainer.parentElement.scrollIntoView({ block: 'center' });
        const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
        const [first, last] = [boxes[0], boxes[boxes.length - 1]];
        return [[first.left + 1, first.top + first.height / 2], [last.right - 0.5, last.top + last.height / 2]];
    };
    for (let ends = measured(), before = null; ; before = String(ends), ends = measured()) {
        if (before === String(ends)) return ends;  // nothing moves any more
        await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    }
}"""

# Puts code into a cell, runs it to its end, and gives what it has shown.
RUN = """async ([number, code]) => {
    const panel = jupyterapp.shell.currentWidget, cell = panel.content.widgets[number];
    panel.content.activeCellIndex = number;
    panel.content.deselectAll();
    if (code !== null) cell.model.sharedModel.setSource(code);
    await jupyterapp.commands.execute('notebook:run-cell');
    return cell.model.outputs.toJSON();
}"""

# A name in the toolbar and a status of `idle` are there before the kernel is; its answer to a question is not.
READY = """async () => {
    const context = jupyterapp.shell.currentWidget.context;
    await context.ready;
    await context.sessionContext.ready;
    await context.sessionContext.session.kernel.info;
}"""


@contextmanager
def server(folder: Path, own: Path) -> Iterator[tuple[str, str]]:
    """JupyterLab and Notebook 7 for a folder: their address and token. What they write of their own goes into `own`."""
    news = own / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    news.parent.mkdir(parents=True)
    news.write_text('{"fetchNews": "false", "checkForUpdates": false}', encoding="utf-8")
    # Nothing of the person who tests is read, and nothing of hers is written.
    environment = os.environ | {"JUPYTER_PATH": "", "JUPYTER_CONFIG_PATH": "", "IPYTHONDIR": str(own / "ipython")}
    for place in ("CONFIG", "DATA", "RUNTIME"):
        environment[f"JUPYTER_{place}_DIR"] = str(own / place.lower())
    for place in ("SETTINGS", "WORKSPACES"):
        environment[f"JUPYTERLAB_{place}_DIR"] = str(own / place.lower())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, token = f"http://127.0.0.1:{port}/", secrets.token_hex(16)
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={token}"]
    command += ["--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True"]
    command += ["--LabApp.news_url=None", "--LabApp.extension_manager=readonly"]
    log = own / "server.log"

    def answers() -> bool:
        if process.poll() is not None:
            raise RuntimeError(log.read_text(encoding="utf-8"))
        try:
            return urllib.request.urlopen(f"{address}api/status?token={token}", timeout=10).status == 200
        except OSError:
            return False

    with log.open("w") as written:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=written, stderr=written)
    try:
        until(answers, lambda: "a server that answers", PATIENCE)
        yield address, token
    finally:
        process.terminate()  # it takes its kernels along
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def jupyter(folder: Path, browser: str) -> Iterator["Jupyter"]:
    """A server and a browser for one folder, with settings of their own, that leave nothing behind."""
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory(prefix="qualkit-browser-", ignore_cleanup_errors=True) as own,
        server(folder, Path(own)) as (address, token),
        sync_playwright() as playwright,
    ):
        yield Jupyter(playwright.chromium.launch(executable_path=browser, args=list(FLAGS)), address, token)


@dataclass(frozen=True)
class Jupyter:
    """A browser and the server it goes to."""

    browser: "Browser"
    address: str
    token: str

    def open(self, name: str, interface: str = "lab") -> "OpenNotebook":
        """The notebook of that name, in a window of its own, its kernel ready."""
        window = self.browser.new_context(viewport={"width": 1360, "height": 980}, locale="en-US", reduced_motion="reduce")
        window.set_default_timeout(PATIENCE * 1000)
        page = window.new_page()
        notebook = OpenNotebook(page, interface)
        own = "&reset" if interface == "lab" else ""  # not the windows that another notebook has left open
        page.goto(f"{self.address}{INTERFACES[interface]}/{name}?token={self.token}{own}", wait_until="domcontentloaded")
        notebook.wait_for_kernel()
        window.set_default_timeout(SOON * 1000)
        return notebook


class OpenNotebook:
    """One notebook in one window: what a person does with it, and what the browser had to complain about."""

    def __init__(self, page: "Page", interface: str) -> None:
        self.page, self.interface = page, interface
        self.complaints: list[str] = []  # errors that the browser has logged
        self.abroad: list[str] = []  # what was asked of any other machine
        page.on("request", lambda asked: asked.url.startswith(LOCAL) or self.abroad.append(asked.url))
        page.on("pageerror", lambda error: self.complaints.append(f"{error}\n{error.stack}"))
        page.on(
            "console", lambda said: said.type == "error" and self.complaints.append(f"{said.text} ({said.location['url']})")
        )

    def wait_for_kernel(self) -> None:
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.page.wait_for_function("window.jupyterapp?.commands.hasCommand('notebook:run-cell')")
        self.page.wait_for_function("jupyterapp.shell.currentWidget?.content?.widgets?.length > 0")
        self.page.evaluate(READY)

    def wait_for_another_kernel(self) -> None:
        """The kernel has died: the server starts another, and the page says so in a dialog."""
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.page.wait_for_function("jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.status === 'idle'")

    def restart(self) -> None:
        """Kernel > Restart, and the new kernel is ready."""
        self.page.evaluate("jupyterapp.shell.currentWidget.context.sessionContext.restartKernel()")
        self.page.evaluate(READY)

    def run(self, number: int, code: str | None = None) -> list[dict]:
        """Run a cell to its end, with other code where some is given; what it shows."""
        outputs = self.page.evaluate(RUN, [number, code])
        for output in outputs:
            if output["output_type"] == "error":
                raise AssertionError("\n".join([output["ename"], output["evalue"], *output["traceback"]]))
        return outputs

    def begin(self, number: int, code: str) -> None:
        """Run a cell, and do not wait for its end."""
        self.page.evaluate(f"(what) => void ({RUN})(what)", [number, code])

    def do(self, command: str, **settings: object) -> None:
        """A command of JupyterLab's menus."""
        self.page.evaluate("([command, settings]) => jupyterapp.commands.execute(command, settings)", [command, settings])

    def save(self) -> None:
        self.do("docmanager:save")

    def reload(self) -> None:
        self.page.reload(wait_until="domcontentloaded")
        self.wait_for_kernel()

    def theme(self, name: str) -> None:
        """Light or Dark."""
        self.do("apputils:change-theme", theme=f"JupyterLab {name}")
        self.page.wait_for_selector(f"body[data-jp-theme-name='JupyterLab {name}']", state="attached")
        self.page.wait_for_selector("#jupyterlab-splash", state="hidden")

    def select(self, words: str, pieces: str) -> str:
        """Drag the mouse over words that stand in these pieces of the page, and give what the browser has then selected."""
        here, there = self.page.evaluate(ENDS, [pieces, words])
        mouse = self.page.mouse
        mouse.move(*here)
        mouse.down()
        mouse.move(*there, steps=4)
        mouse.up()
        return self.page.evaluate("getSelection().toString()")

    def click(self, words: str, pieces: str) -> None:
        """Click on the beginning of words that stand in these pieces of the page."""
        here, _ = self.page.evaluate(ENDS, [pieces, words])
        self.page.mouse.click(*here)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def cells(self) -> list[list[str]]:
        """The cells as they are: kind and source."""
        return self.page.evaluate(
            "jupyterapp.shell.currentWidget.content.widgets.map(({model}) => [model.type, model.sharedModel.getSource()])"
        )

    def violations(self, within: str) -> list[str]:
        """The rules of axe-core that a part of the page breaks, each with the first place."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, within).response["violations"]
        return [
            f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0].get('failureSummary', '')}"
            for one in found
        ]

    def shoot(self, name: str, within: str = "") -> Path:
        """A picture to look at, in the folder QUALKIT_SCREENSHOTS, or else in one for temporary files."""
        folder = Path(os.environ.get("QUALKIT_SCREENSHOTS") or Path(tempfile.gettempdir(), "qualkit-screenshots"))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.png"
        (self.page.locator(within) if within else self.page).screenshot(path=path)
        return path

    def close(self) -> None:
        self.page.context.close()


def until(holds: Callable[[], object], what: Callable[[], str], patience: float = SOON) -> None:
    """Wait until `holds()` is true; `what()` says what did not come."""
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"not within {patience:g} s: {what()}")
        time.sleep(0.05)
