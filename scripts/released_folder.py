"""Adds the data folder of the present version to the fixtures of ``tests/flow/test_upgrade.py``.

Run it once for each release, by ``make release``: later versions must open the folder without loss.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from creditcurve import __version__  # noqa: E402 - as above
from support.program import Program  # noqa: E402 - the tests are not installed
from support.site import COOKIE, Site  # noqa: E402 - as above

KEY: Final = {"CREDITCURVE_SECRET_KEY": "released-folder-fixture-key-0123456789"}
RANGE: Final = "from=2025-08-24T00:00:00Z&to=2025-08-26T00:00:00Z"
SETTINGS: Final = {
    "poll_interval_s": 90,
    "time_zone": "Asia/Shanghai",
    "retention_days": 36_000,
    "theme": "dark",
    "locale": "zh-CN",
    "collecting": True,
}
IMPORTED: Final = (
    ("90071992547409931", "USAGE", "v1/messages", "claude-opus-4", 2.5, "2025-08-25T12:59:59.999Z"),
    ("7", "CODEX_USAGE", "backend-api/codex/responses", "gpt-5", 3, "2025-08-24T12:00:00.000Z"),
)


def main() -> None:
    """Write the folder and the answers of the version."""
    target = ROOT / "tests" / "fixtures" / "released" / __version__
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, Site() as site:
        program = Program(Path(folder), site.url, environment=KEY)
        with program:
            program.give_cookie(COOKIE)
            program.call("POST", "/api/refresh")
            lines = "".join(f"{json.dumps(record)}\n" for record in _imported())
            kind = {"content-type": "application/x-ndjson"}
            program.call("POST", "/api/import", headers=kind, content=lines.encode())
            program.call("PATCH", "/api/settings", SETTINGS)
            expected = _answers(program)
        shutil.copyfile(program.data_dir / "creditcurve.db", target / "creditcurve.db")
    text = json.dumps(expected, indent=1, ensure_ascii=False)
    (target / "expected.json").write_text(f"{text}\n", encoding="utf-8")


def _imported() -> list[dict[str, Any]]:
    names = ("id", "type", "endpoint", "model", "credits", "created_at")
    return [dict(zip(names, row, strict=True)) for row in IMPORTED]


def _answers(program: Program) -> dict[str, Any]:
    status = program.get("/api/status")
    usage = program.get(f"/api/usage?{RANGE}&bucket=3600")
    settings = program.get("/api/settings")
    del settings["versions"]
    names = ("total", "counted", "quarantined", "first_at", "last_at")
    return {
        "records": {name: status["records"][name] for name in names},
        "cookie": status["cookie"]["names"],
        "settings": settings,
        "usage": {name: usage[name] for name in ("series", "total", "requests")},
        "export": program.call("GET", "/api/export?format=json").json(),
    }


if __name__ == "__main__":
    main()
