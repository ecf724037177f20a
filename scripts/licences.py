"""Puts together the licence texts of packages, and of what else the executable contains.

``licence_texts`` has the texts that are not in a package: of a package that contains none, and of
the libraries inside Python and the executable.
"""

import sys
import sysconfig
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from components import Component, texts_of

TEXTS: Final = Path(__file__).parent / "licence_texts"
LIBRARIES: Final = {
    "OpenSSL": ("libssl", "libcrypto"),
    "zlib": ("libz",),
    "libffi": ("libffi",),
    "libuuid": ("libuuid",),
    "libgcc": ("libgcc_s",),
    "Python": ("libpython",),
    "expat": ("libexpat",),
    "libmpdec": (),
}
"""The libraries of the executable with their files; some Pythons have them inside modules."""
_LINE: Final = "=" * 80


def of_packages(components: list[Component]) -> str:
    """Return the licence texts of all packages.

    Ends the program if a package has none: its text then belongs into ``licence_texts``.
    """
    head = "CreditCurve contains these packages, under their own licences.\n"
    parts = [
        f"{_LINE}\n{one.name} {one.version} · {one.licence}\n{_LINE}\n\n" + "\n\n".join(texts(one))
        for one in components
    ]
    return "\n\n".join([head, *parts]) + "\n"


def texts(component: Component) -> tuple[str, ...]:
    """Return the licence files of a package, or the text that is kept here for it."""
    kept = TEXTS / f"{component.name}.txt"
    if component.texts or not kept.is_file():
        return component.texts or sys.exit(f"{component.name} has no licence text: add {kept}")
    return (kept.read_text("utf-8").strip(),)


def of_executable() -> str:
    """Return the licences of the executable's parts besides the packages."""
    address = f"https://docs.python.org/{sysconfig.get_python_version()}/license.html"
    head = "The executable of CreditCurve also contains the loader of PyInstaller, and Python with"
    parts = [
        f"{head}\nlibraries; see {address}.",
        *loader_licence(),
        *(f"{name}\n\n{(TEXTS / f'{name}.txt').read_text('utf-8').strip()}" for name in LIBRARIES),
    ]
    return f"\n\n{_LINE}\n\n".join(parts) + "\n"


def loader_licence() -> Iterator[str]:
    """Yield the licence of the loader, with its exception for programs that it starts."""
    try:
        yield from texts_of(distribution("pyinstaller"))
    except PackageNotFoundError:  # nothing here builds the executable
        return
