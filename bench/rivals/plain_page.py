"""A plain page: the same requests and the same parts of ECharts, one fetch, no frame work.

It bounds what a page with this chart library can reach. It can follow the events of the plain
server, and then draws all rows again with each event.
"""

import gzip
import http.server
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import Final, Self

ROOT: Final = Path(__file__).parents[2]
PARTS: Final = ROOT / "web/src/components/chart/echarts.ts"
BUN: Final = shutil.which("bun") or str(ROOT / ".tools/node_modules/.bin/bun")
_PAGE: Final = b"""<!doctype html><title>Plain</title><h1>Credits</h1>
<div id="chart" style="width:1380px;height:420px"></div>
<script src="echarts.js"></script>
<script>
const chart = echarts.init(document.getElementById("chart"));
fetch("usage.json").then((answer) => answer.json()).then(({ series }) => {
  chart.setOption({
    xAxis: { type: "time" }, yAxis: {}, animation: false,
    series: series.map(({ key, t, v }) => ({
      type: "line", name: key, data: t.map((time, at) => [time, v[at]]),
    })),
  });
});
</script>
"""
_LIVE: Final = """<script>
new EventSource("%s/api/events").addEventListener("records", ({ data }) => {
  const rows = JSON.parse(data);
  chart.setOption({
    xAxis: { type: "time" }, yAxis: {}, animation: false,
    series: [{ type: "line", data: rows.map(({ t, credits }) => [t, credits]) }],
  }, true);
  const now = () => performance.timeOrigin + performance.now();
  requestAnimationFrame(() => setTimeout(() => window.drawn(now())));
});
</script>
"""


class PlainPage:
    """Serves the page and an answer of the program."""

    def __init__(self, usage: bytes, events: str | None = None) -> None:
        """Prepare the files.

        Args:
            usage: an answer of ``/api/usage``.
            events: the address of a plain server whose events are drawn.
        """
        live = (_LIVE % events).encode() if events else b""
        files = {
            "/": ("text/html", _PAGE + live),
            "/echarts.js": ("text/javascript", _echarts()),
            "/usage.json": ("application/json", usage),
        }
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(files))
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def _echarts() -> bytes:
    """Bundle the parts of ECharts that the program's curve uses."""
    with tempfile.TemporaryDirectory() as folder:
        entry, bundle = Path(folder, "entry.ts"), Path(folder, "echarts.js")
        entry.write_text(f'import {{ init }} from "{PARTS}";\nglobalThis.echarts = {{ init }};\n')
        options = ("--minify", "--format=iife", "--target=browser", f"--outfile={bundle}")
        subprocess.run([BUN, "build", str(entry), *options], check=True, capture_output=True)
        return bundle.read_bytes()


def _handler(
    files: dict[str, tuple[str, bytes]],
) -> type[http.server.BaseHTTPRequestHandler]:
    packed = {path: (kind, gzip.compress(content)) for path, (kind, content) in files.items()}

    class Handler(http.server.BaseHTTPRequestHandler):
        """Answers with gzip, as the program does."""

        def do_GET(self) -> None:
            """Send a file."""
            if self.path not in packed:
                self.send_error(404)
                return
            kind, content = packed[self.path]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Write no log."""

    return Handler
