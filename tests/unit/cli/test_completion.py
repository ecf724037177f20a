"""``creditcurve completion``: the scripts work in the shells that are installed here."""

import shutil
import subprocess
from pathlib import Path

import pytest
import tree_sitter
import tree_sitter_powershell

from support.commands import run
from support.program import Program
from support.sweeps import first
from support.terminal import Terminal

PROBES = {
    "bash": """
        source {script}
        COMP_WORDS=(creditcurve {words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        COMP_LINE="${{COMP_WORDS[*]}}"; COMP_POINT=${{#COMP_LINE}}
        function_name=$(complete -p creditcurve | sed -E 's/.*-F ([^ ]+).*/\\1/')
        $function_name creditcurve "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD-1]}}"
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """,
    "fish": "source {script}; complete -C 'creditcurve {words}'",
}


@pytest.fixture(scope="module", params=first(1, ["bash", "zsh", "fish", "powershell"]))
def script(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """A shell and its script."""
    folder = tmp_path_factory.mktemp(request.param)
    done = run(Program(folder, ""), "completion", request.param)
    file = folder / "completion"
    file.write_text(done.stdout, encoding="utf-8")
    return request.param, file


def test_the_script_names_every_kind_of_word(script: tuple[str, Path]) -> None:
    """Commands, their subcommands, flags and choices."""
    text = script[1].read_text(encoding="utf-8")
    for word in ("statusline", "reseal", "data-dir", "ndjson"):
        assert word in text


def test_the_shell_accepts_the_script(script: tuple[str, Path]) -> None:
    shell, file = script
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    assert subprocess.run([shell, "-n", str(file)], check=False, timeout=20).returncode == 0


@pytest.mark.parametrize("script", ["powershell"], indirect=True)
def test_the_script_for_powershell_is_of_its_grammar(script: tuple[str, Path]) -> None:
    """PowerShell itself is in no package of the test's systems."""
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
    text = script[1].read_bytes()
    assert not parser.parse(text).root_node.has_error
    assert parser.parse(text.replace(b"}", b"", 1)).root_node.has_error


@pytest.mark.parametrize("script", PROBES, indirect=True)
@pytest.mark.parametrize(
    ("words", "offered"), [("sta", "status"), ("cookie res", "reseal"), ("export --fo", "--format")]
)
def test_the_shell_completes(script: tuple[str, Path], words: str, offered: str) -> None:
    shell, file = script
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    probe = PROBES[shell].format(script=file, words=words)
    found = subprocess.run(
        [shell, "-c", probe], capture_output=True, text=True, check=False, timeout=20
    ).stdout
    assert offered in {line.split("\t")[0] for line in found.splitlines()}


ZSH_WAYS = {
    "source": "source {script}",
    "a file of fpath": "cp {script} {folder}/_creditcurve; fpath=({folder} $fpath); compinit -u",
}


@pytest.mark.slow
@pytest.mark.parametrize("script", ["zsh"], indirect=True)
@pytest.mark.parametrize("way", ZSH_WAYS)
def test_a_real_zsh_completes(script: tuple[str, Path], way: str, tmp_path: Path) -> None:
    """It completes only the typed word: by the tabulator key, in a terminal."""
    zsh = shutil.which("zsh")
    if zsh is None:
        pytest.skip("zsh is not installed")
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PS1": "ready> ", "LANG": "C"}
    # The typed line must not contain the prompt that is waited for.
    with Terminal([zsh, "-f", "-i"], environment) as terminal:
        terminal.until("ready>")
        setup = ZSH_WAYS[way].format(script=script[1], folder=tmp_path)
        terminal.press(f"autoload -Uz compinit; compinit -u; {setup}; PS1='se''t> '; clear\n")
        terminal.until("set>")
        terminal.press("creditcurve cookie res\t")
        terminal.until("creditcurvecookiereseal")
