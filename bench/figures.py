"""A measured figure beside its goal and its rival, and the report of a run."""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import msgspec

RESULTS: Final = Path(__file__).with_name("results.md")
_MEASURED: Final = Path(tempfile.gettempdir()) / "creditcurve-bench" / "figures.json"
_HEAD: Final = """# Results

Written by `make bench`; `python -m bench SUBJECT` replaces the figures of one subject. Times are
the fastest of several rounds: on a shared machine the others measure its neighbours. They still
grow with the load, which is noted; the ratio to a rival that was measured in the same run, and
processor time, grow much less. The goals are for two shared cores without other load.
[profiles.md](profiles.md) has the lower bound of figures above their goal, and says why cccmu is
not among the rivals.

"""
_COLUMNS: Final = (
    "| | measured | goal | rival in the same run | ours : rival |\n|---|---|---|---|---|\n"
)


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One measured figure.

    Attributes:
        name: the measured quantity.
        ours: the figure of this program.
        unit: its unit.
        goal: the figure to reach; None without one.
        is_more_better: whether the goal is a least figure.
        rival: the rival's figure in the same run.
        rival_name: the rival.
        missing: why there is no figure of the rival, if there is none.
        where: the part that takes most of it.
    """

    name: str
    ours: float
    unit: str
    where: str
    goal: float | None = None
    is_more_better: bool = False
    rival: float | None = None
    rival_name: str = ""
    missing: str = ""

    @property
    def ratio(self) -> str:
        """Our figure by the rival's."""
        if not self.rival:
            return ""
        ratio = self.ours / self.rival
        return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.2g}"

    def line(self) -> str:
        """Return the figure as a line of text."""
        beside = (
            f" | {self.rival_name} {_number(self.rival)} (x {self.ratio})" if self.rival else ""
        )
        return f"{self.name}: {_number(self.ours)} {self.unit}{self._goal()}{beside}"

    def row(self) -> str:
        """Return the figure as a row of the table."""
        rival = (
            f"{self.rival_name}: {_number(self.rival)} {self.unit}" if self.rival else self.missing
        )
        ours = f"{_number(self.ours)} {self.unit}"
        return f"| {self.name} | {ours} | {self._bound()} | {rival} | {self.ratio} |\n"

    def _bound(self) -> str:
        if self.goal is None:
            return ""
        return f"{'≥' if self.is_more_better else '≤'} {_number(self.goal)}"

    def _goal(self) -> str:
        bound = self._bound()
        return f" (goal {bound})" if bound else ""


class Measured(msgspec.Struct, frozen=True):
    """The figures of one subject, with the machine and its load when the measurement began."""

    machine: str
    load: float
    figures: list[Figure]


def store(subject: str, measured: Measured, order: Iterable[str]) -> None:
    """Replace the figures of a subject, and write the report of all in an order."""
    known = msgspec.json.decode(_stored(), type=dict[str, Measured])
    known[subject] = measured
    _MEASURED.parent.mkdir(exist_ok=True)
    _MEASURED.write_bytes(msgspec.json.encode(known))
    RESULTS.write_text(_report({name: known[name] for name in order if name in known}))


def _stored() -> bytes:
    return _MEASURED.read_bytes() if _MEASURED.exists() else b"{}"


def _report(known: Mapping[str, Measured]) -> str:
    figures = [figure for measured in known.values() for figure in measured.figures]
    table = _COLUMNS + "".join(figure.row() for figure in figures)
    places = "".join(f"- **{figure.name}**: {figure.where}\n" for figure in figures)
    machines = dict.fromkeys(measured.machine for measured in known.values())
    loads = ", ".join(f"{subject} {measured.load:.1f}" for subject, measured in known.items())
    described = "\n\n".join((*machines, f"Load when each subject began: {loads}."))
    return f"{_HEAD}{described}\n\n{table}\n## Where it goes\n\n{places}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if abs(value) >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.3g}"
