"""Exit codes, and the end of a command: success, or one line on standard error."""

import os
from collections.abc import Callable
from enum import IntEnum
from typing import Final

from creditcurve.cli.messages.start import start_text
from creditcurve.cli.messages.text import Text
from creditcurve.cli.terminal import print_error, system_language
from creditcurve.config import Config, ConfigError, Flags, load
from creditcurve.instance import DataFolderError


class Exit(IntEnum):
    """The exit codes; those from 64 on have the meaning of sysexits.h."""

    OK = 0
    PROBLEM = 1
    """The request was refused, or something does not work."""
    USAGE = 2
    DATA_ERROR = 65
    NO_INPUT = 66
    UNAVAILABLE = 69
    CANNOT_CREATE = 73
    IO_ERROR = 74
    TRY_AGAIN = 75
    CONFIG = 78
    INTERRUPTED = 130


MEANINGS: Final = {
    Exit.OK: Text("OK", "正常"),
    Exit.PROBLEM: Text("refused, or something does not work", "被拒绝，或有功能异常"),
    Exit.USAGE: Text("wrong usage", "命令行用法错误"),
    Exit.DATA_ERROR: Text("a file has the wrong content", "文件内容有误"),
    Exit.NO_INPUT: Text("a file or the data is missing", "缺少文件或数据"),
    Exit.UNAVAILABLE: Text("not running, or the port is taken", "未运行，或端口被占用"),
    Exit.CANNOT_CREATE: Text("a file cannot be created, or exists", "无法创建文件，或文件已存在"),
    Exit.IO_ERROR: Text("reading or writing failed", "读写失败"),
    Exit.TRY_AGAIN: Text("an instance has the data folder", "数据目录正被某个实例使用"),
    Exit.CONFIG: Text("the configuration is refused", "配置有误"),
    Exit.INTERRUPTED: Text("interrupted by Ctrl+C", "被 Ctrl+C 中断"),
}
"""What each code means, in both languages; the READMEs have the same table."""


class CommandError(Exception):
    """Ends a command with one line for the user, in both languages."""

    def __init__(self, en: str, zh: str, code: Exit = Exit.PROBLEM) -> None:
        super().__init__(en)
        self.text = Text(en, zh)
        self.code = code


def run_command(flags: Flags, work: Callable[[Config], int]) -> int:
    """Run a command with its configuration; return its exit code, also after an error."""
    return run_safely(lambda: work(load(flags, os.environ)))


def run_safely(work: Callable[[], int]) -> int:
    """Run a command that needs no configuration; return its exit code, also after an error.

    Raises:
        BrokenPipeError: the reader of standard output is gone.
    """
    try:
        return work()
    except (ConfigError, DataFolderError) as error:
        return fail(start_text(error), Exit.CONFIG)
    except CommandError as error:
        return fail(error.text, error.code)
    except BrokenPipeError:
        raise
    except OSError as error:
        detail = ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)
        return fail(Text(detail, detail), Exit.IO_ERROR)


def fail(text: Text, code: Exit) -> int:
    """Print the reason on standard error; return the exit code."""
    print_error(f"creditcurve: {system_language()(*text)}")
    return code
