"""The packages of the product, built once for all workers of a run."""

import subprocess
import sys
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).parents[2]
DIST = ROOT / "dist"


def build() -> Path:
    """Run ``make package`` without its set-up, and return the folder.

    Workers build one after the other; a later one finds nothing to do.
    """
    lock = ROOT / "artifacts" / "packages.lock"
    lock.parent.mkdir(exist_ok=True)
    with FileLock(lock):
        subprocess.run([sys.executable, ROOT / "scripts" / "package.py"], check=True, cwd=ROOT)
    return DIST
