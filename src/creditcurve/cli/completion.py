"""``creditcurve completion``: print the completion script of a shell."""

from typing import Annotated, Literal

from cyclopts import Parameter

from creditcurve.cli.exits import Exit
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.terminal import print_text

app = new_app(
    "completion",
    "creditcurve completion bash > ~/.local/share/bash-completion/completions/creditcurve",
    "creditcurve completion zsh > ~/.zfunc/_creditcurve",
    "creditcurve completion fish > ~/.config/fish/completions/creditcurve.fish",
    "creditcurve completion powershell >> $PROFILE",
)
Shell = Literal["bash", "zsh", "fish", "powershell"]


@app.default
def run(shell: Annotated[Shell, Parameter(help=say("The shell.", "Shell 名称。"))], /) -> int:
    """Print the script; return the exit code."""
    from creditcurve.cli.app import new_app as whole_program  # noqa: PLC0415 - it lists this module

    print_text(whole_program().generate_completion(prog_name="creditcurve", shell=shell))
    return Exit.OK
