"""Tables with a header, as wide as their content."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.table import Table
from rich.text import Text

from creditcurve.cli.terminal import new_console
from creditcurve.domain.printable import escape_controls


class Column(NamedTuple):
    """A column and its title; numbers are aligned at the right."""

    title: str
    is_number: bool = False


def print_columns(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Print rows below a header. A pipe gets every cell whole, whatever its width."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bright_black")
    for column in columns:
        justify = "right" if column.is_number else "left"
        table.add_column(column.title, justify=justify, no_wrap=True)  # type: ignore[arg-type]  # a literal
    for row in rows:
        table.add_row(*(Text(escape_controls(cell)) for cell in row))
    console = new_console()
    if not console.is_terminal:
        console.width = max(console.width, console.measure(table).maximum)
    console.print(table)
