"""Preview: a server on this machine that shows finished reports and lets the browser follow each new one.

The published files stay as they are; what makes a page follow is added only to what is sent.
"""

from __future__ import annotations

import json
import mimetypes
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sozialbericht.escaping import html_text
from sozialbericht.order import manifest

#: The port that is tried first, so that an open page finds the next preview again.
PORT = 8765
#: Seconds between two signs of life, and for which a file may be missing while a report is being published.
HEARTBEAT, PATIENCE = 10.0, 1.0
SCRIPT = """
const stand = new EventSource("/__stand"), ort = "stelle:" + location.pathname;
let erster = null;
addEventListener("beforeunload", () => sessionStorage.setItem(ort, scrollY));
addEventListener("load", () => scrollTo(0, sessionStorage.getItem(ort) || 0));
stand.onmessage = (nachricht) => {
  const neu = JSON.parse(nachricht.data);
  if (erster !== null && neu.nummer !== erster) return location.reload();
  erster = neu.nummer;
  document.getElementById("vorschau-meldung")?.remove();
  if (!neu.meldung) return;
  const tafel = document.createElement("div");
  tafel.id = "vorschau-meldung";
  tafel.setAttribute("role", "alert");
  tafel.style = "position:fixed;z-index:99;inset:auto 0 0 0;max-height:60vh;overflow:auto;padding:1rem 1.5rem;"
    + "background:#fff4f2;color:#5a1106;border-top:4px solid #b3261e;font:15px/1.45 ui-monospace,monospace;"
    + "white-space:pre-wrap";
  tafel.textContent = neu.meldung;
  document.body.append(tafel);
};
"""
PAGE = (
    '<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Vorschau</title>'
    "<style>body{{margin:0;font:16px/1.5 sans-serif}}p{{margin:2rem}}"
    "iframe{{border:0;width:100vw;height:100vh;display:block}}</style></head><body>{content}</body></html>"
)


@dataclass
class State:
    """What is shown: the folders of the reports by name, how often that has changed, the message about a fault."""

    folders: dict[str, Path] = field(default_factory=dict)
    number: int = 0
    message: str = ""


class Preview:
    """The server; ``with`` starts and ends it. Only programs on this machine reach it."""

    def __init__(self, port: int = PORT) -> None:
        self.state = State()
        self.changed = threading.Condition()
        self.closed = False
        handler = type("Handler", (_Handler,), {"preview": self})
        try:
            self._server = _Server(("127.0.0.1", port), handler)
        except OSError:
            self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __enter__(self) -> Preview:
        """Start to serve."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End, and all open connections with it."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def show(self, folders: dict[str, Path]) -> None:
        """Show new reports, by name; open pages load again."""
        with self.changed:
            self.state = State(folders, self.state.number + 1)
            self.changed.notify_all()

    def complain(self, message: str) -> None:
        """Show a message over the last good pages."""
        with self.changed:
            self.state = State(self.state.folders, self.state.number, message)
            self.changed.notify_all()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that has gone is no error."""


class _Handler(BaseHTTPRequestHandler):
    preview: Preview
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is said about single requests."""

    def do_GET(self) -> None:
        """Answer with the state, the script or a file of a report."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        path = unquote(urlsplit(self.path).path)
        if host not in ("127.0.0.1", "localhost"):
            self._send(403, "text/plain", b"")
        elif path == "/__stand":
            self._follow()
        elif path == "/__vorschau.js":
            self._send(200, "text/javascript; charset=utf-8", SCRIPT.encode())
        else:
            self._report(path)

    def _report(self, path: str) -> None:
        folders = self.preview.state.folders
        name, _, rest = path.lstrip("/").partition("/")
        if name not in folders:
            content = (
                "".join(f'<p><a href="/{n}/">{html_text(n)}</a></p>' for n in folders) or "<p>Es wird gerechnet …</p>"
            )
            target = f"/{next(iter(folders))}/" if len(folders) == 1 and not name else ""
            self._page(404 if name else 200, content, target)
            return
        folder = folders[name]
        if "/" not in path.lstrip("/"):
            self._page(200, "", f"/{name}/")
            return
        file = self._file(folder, rest)
        if not rest and file is None:
            pdf = _printed(folder)
            self._page(
                200, f'<iframe title="PDF" src="{pdf.name}"></iframe>' if pdf else "<p>Es gibt noch keine Seite.</p>"
            )
        elif file is None:
            self._page(404, "<p>Diese Seite gibt es nicht.</p>")
        elif file[0].suffix == ".html":
            self._send(200, "text/html; charset=utf-8", _following(file[1]))
        else:
            self._send(200, mimetypes.guess_type(file[0].name)[0] or "application/octet-stream", file[1])

    @staticmethod
    def _file(folder: Path, rest: str) -> tuple[Path, bytes] | None:
        """A file of the web report, else one beside it; waits a moment while a report takes another one's place."""
        for place in (folder / "html", folder):
            path = (place / (rest or "index.html")).resolve()
            if not path.is_relative_to(folder.resolve()):
                return None
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for place in (folder / "html", folder):
                try:
                    return place / (rest or "index.html"), (place / (rest or "index.html")).read_bytes()
                except OSError:
                    continue
            if folder.is_dir():
                return None
            time.sleep(0.05)
        return None

    def _page(self, code: int, content: str, target: str = "") -> None:
        if target:
            self.send_response(302)
            self.send_header("Location", target)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._send(code, "text/html; charset=utf-8", _following(PAGE.format(content=content).encode()))

    def _send(self, code: int, kind: str, content: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _follow(self) -> None:
        """Tell the state now and after each change, until the browser or the preview ends."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        preview, told = self.preview, None
        self.wfile.write(b"retry: 500\n\n")
        while not preview.closed:
            state = preview.state
            if state is not told:
                line = json.dumps({"nummer": state.number, "meldung": state.message})
                self.wfile.write(f"data: {line}\n\n".encode())
                told = state
            else:
                self.wfile.write(b": da\n\n")
            with preview.changed:
                preview.changed.wait_for(lambda: preview.closed or preview.state is not told, HEARTBEAT)  # noqa: B023


def _printed(folder: Path) -> Path | None:
    """The PDF that the last run has made; not one that a user has kept beside it."""
    if listed := manifest.read(folder):
        made = [path for path, entry in listed.files.items() if not entry.earlier and "/" not in path]
        return next((folder / path for path in sorted(made) if path.endswith(".pdf")), None)
    return next(iter(sorted(folder.glob("*.pdf"))), None)


def _following(page: bytes) -> bytes:
    """A page with the script that lets it follow, before its end."""
    before, end, after = page.rpartition(b"</body>")
    script = b'<script src="/__vorschau.js"></script>'
    return before + script + end + after if end else page + script
