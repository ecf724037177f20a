"""``creditcurve completion``: print the completion script of a shell."""

from typing import Annotated, Final, Literal

from cyclopts import Parameter

from creditcurve.cli.exits import Exit
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.terminal import print_text

app = new_app(
    "completion",
    # In a file: the command takes longer than a new shell should.
    "creditcurve completion bash > ~/.creditcurve.bash",
    "echo 'source ~/.creditcurve.bash' >> ~/.bashrc",
    "creditcurve completion zsh > ~/.creditcurve.zsh",
    "echo 'source ~/.creditcurve.zsh' >> ~/.zshrc",
    "creditcurve completion fish > ~/.config/fish/completions/creditcurve.fish",
    "creditcurve completion powershell >> $PROFILE",
)
_ZSH_END: Final = """
if [[ $funcstack[1] == _creditcurve ]]; then
  _cyclopts_creditcurve "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _cyclopts_creditcurve creditcurve
fi
"""
"""Cyclopts' script works only in a file with the name of its function: here also by ``source``, and
in a file ``_creditcurve``."""
Shell = Literal["bash", "zsh", "fish", "powershell"]


@app.default
def run(shell: Annotated[Shell, Parameter(help=say("The shell.", "Shell 名称。"))], /) -> int:
    """Print the script; return the exit code."""
    from creditcurve.cli.app import new_app as whole_program  # noqa: PLC0415 - it lists this module

    script = whole_program().generate_completion(prog_name="creditcurve", shell=shell)
    print_text(script + _ZSH_END if shell == "zsh" else script)
    return Exit.OK
