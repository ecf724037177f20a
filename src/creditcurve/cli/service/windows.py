"""A scheduled task of Windows, which starts when the user logs on."""

import tempfile
from pathlib import Path
from subprocess import list2cmdline
from typing import Final
from xml.sax.saxutils import escape

from creditcurve.cli.service.plan import Plan, Start, call, shows, succeeds

NAME: Final = "CreditCurve"

_TASK: Final = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>CreditCurve, the live curve of Claude Code credits</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger><Enabled>true</Enabled></LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>10</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


class TaskScheduler:
    """Implements ``plan.Manager``."""

    def path(self, plan: Plan) -> str:  # noqa: ARG002 - as the protocol
        """Return the name of the task."""
        return NAME

    def definition(self, plan: Plan) -> str:
        """Return the task; a task has no environment, so that the folder is a flag."""
        command, *arguments = plan.arguments
        arguments += ["--data-dir", str(plan.data_dir)]
        return _TASK.format(command=escape(command), arguments=escape(list2cmdline(arguments)))

    def check(self, plan: Plan) -> None:
        """Check nothing: schtasks reports errors."""

    def install(self, plan: Plan) -> Start:
        """Create the task and run it."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "task.xml"
            file.write_text(self.definition(plan), encoding="utf-16")
            call(["schtasks", "/Create", "/F", "/TN", NAME, "/XML", str(file)])
        call(["schtasks", "/Run", "/TN", NAME])
        return Start.AT_LOGIN

    def is_running(self, plan: Plan) -> bool:  # noqa: ARG002 - as the protocol
        """Return whether the task exists; it runs from its creation on."""
        return succeeds(["schtasks", "/Query", "/TN", NAME])

    def logs(self, plan: Plan) -> str:  # noqa: ARG002 - as the protocol
        """Return the command that finds the reason: a task has no log."""
        return "creditcurve doctor"

    def status(self, plan: Plan) -> int:  # noqa: ARG002 - as the protocol
        """Print the state as schtasks does."""
        return shows(["schtasks", "/Query", "/TN", NAME, "/V", "/FO", "LIST"])

    def uninstall(self, plan: Plan) -> None:  # noqa: ARG002 - as the protocol
        """End the task and delete it."""
        call(["schtasks", "/End", "/TN", NAME])
        call(["schtasks", "/Delete", "/F", "/TN", NAME])


MANAGER: Final = TaskScheduler()
