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
processor time, grow much less. The goals were set on two shared cores without other load that
started a bare interpreter in 9 ms. *At this speed* is a goal of time on this machine: in proportion
to its own bare interpreter, started before and after each subject (the faster start counts).
[profiles.md](profiles.md) has the lower bound of figures above their goal, and says why cccmu is
not among the rivals.

"""
_COLUMNS: Final = (
    "| | measured | goal | at this speed | rival in the same run | ours : rival |\n"
    "|---|---|---|---|---|---|\n"
)
_GOALS_INTERPRETER_MS: Final = 9.0
"""The start of a bare interpreter where the goals were set."""
_TIMES: Final = {"ms": 1, "s": 1, "records/s": -1}
"""Units of time, and of the opposite: with which power they grow on a slower machine."""


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

    def line(self, interpreter_ms: float) -> str:
        """Return the figure as a line of text; see ``row``."""
        beside = (
            f" | {self.rival_name} {_number(self.rival)} (x {self.ratio})" if self.rival else ""
        )
        return f"{self.name}: {_number(self.ours)} {self.unit}{self._goal(interpreter_ms)}{beside}"

    def row(self, interpreter_ms: float) -> str:
        """Return the figure as a row of the table.

        Args:
            interpreter_ms: the start of a bare interpreter, by which goals of time are scaled.
        """
        rival = (
            f"{self.rival_name}: {_number(self.rival)} {self.unit}" if self.rival else self.missing
        )
        ours = f"{_number(self.ours)} {self.unit}"
        scaled = self._bound(self._goal_at(interpreter_ms))
        goals = f"{self._bound(self.goal)} | {scaled}"
        return f"| {self.name} | {ours} | {goals} | {rival} | {self.ratio} |\n"

    def _goal_at(self, interpreter_ms: float) -> float | None:
        slowness = interpreter_ms / _GOALS_INTERPRETER_MS
        if self.goal is None or self.unit not in _TIMES:
            return None
        return self.goal * slowness ** _TIMES[self.unit]

    def _bound(self, goal: float | None) -> str:
        if goal is None:
            return ""
        return f"{'≥' if self.is_more_better else '≤'} {_number(goal)}"

    def _goal(self, interpreter_ms: float) -> str:
        if self.goal is None:
            return ""
        scaled = self._bound(self._goal_at(interpreter_ms))
        return f" (goal {self._bound(self.goal)}{f', at this speed {scaled}' if scaled else ''})"


class Measured(msgspec.Struct, frozen=True):
    """The figures of one subject, with the machine, its load at the beginning, and its speed."""

    machine: str
    load: float
    interpreter_ms: float
    figures: list[Figure]

    def lines(self) -> list[str]:
        """Return the figures as lines of text."""
        return [figure.line(self.interpreter_ms) for figure in self.figures]

    def rows(self) -> list[str]:
        """Return the figures as rows of the table."""
        return [figure.row(self.interpreter_ms) for figure in self.figures]


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
    table = _COLUMNS + "".join(row for measured in known.values() for row in measured.rows())
    places = "".join(f"- **{figure.name}**: {figure.where}\n" for figure in figures)
    machines = dict.fromkeys(measured.machine for measured in known.values())
    loads = ", ".join(f"{subject} {measured.load:.1f}" for subject, measured in known.items())
    starts = ", ".join(f"{name} {measured.interpreter_ms:.1f}" for name, measured in known.items())
    described = "\n\n".join(
        (
            *machines,
            f"Load when each subject began: {loads}.",
            f"Start of a bare interpreter, ms: {starts}.",
        )
    )
    return f"{_HEAD}{described}\n\n{table}\n## Where it goes\n\n{places}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if abs(value) >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.3g}"
