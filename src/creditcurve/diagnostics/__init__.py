"""Facts about the running process for a report: recent log lines, stalls, resources.

A report may be attached to a public issue, so every text in it passes ``Redactor``.
"""

from creditcurve.diagnostics.diagnostics import Diagnostics
from creditcurve.diagnostics.lines import LogLine, RecentLines
from creditcurve.diagnostics.process import Resources
from creditcurve.diagnostics.redaction import Redactor
from creditcurve.diagnostics.stalls import Stalls, StallWatch

__all__ = [
    "Diagnostics",
    "LogLine",
    "RecentLines",
    "Redactor",
    "Resources",
    "StallWatch",
    "Stalls",
]
