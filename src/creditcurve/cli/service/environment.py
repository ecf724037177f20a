"""The part of this shell's configuration that a service keeps.

A service starts without the variables of the shell that installed it. Values go into its
definition; secrets stay in their files, since other accounts can read definitions.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from creditcurve.cli.exits import CommandError, Exit
from creditcurve.config import SECRET_VARIABLES

KEPT: Final = (
    "CREDITCURVE_UPSTREAM",
    "CREDITCURVE_ALLOWED_HOSTS",
    "CREDITCURVE_BASE_PATH",
    "CREDITCURVE_TRUSTED_PROXIES",
    "CREDITCURVE_LOGIN",
    "CREDITCURVE_KEYRING",
    "CREDITCURVE_CA_FILE",
    "CREDITCURVE_PROXY",
    "CREDITCURVE_ALLOW_PRIVATE_CHANNELS",
    "CREDITCURVE_LOG_LEVEL",
    "CREDITCURVE_LOG_FORMAT",
)
_SECRETS: Final = ("CREDITCURVE_ACCESS_KEY", "CREDITCURVE_SECRET_KEY")


def kept(environment: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the variables that a service keeps.

    Raises:
        CommandError: one of them contains a secret.
    """
    found = [(name, environment[name]) for name in KEPT if environment.get(name)]
    for name, value in found:
        if name in SECRET_VARIABLES and "@" in value:
            raise CommandError(
                f"{name} contains a password, which other accounts could read in the definition "
                "of the service: use a local proxy that adds it.",
                f"{name} 中含有密码，写入服务定义后可能被其他账户读取："
                "请改用会自动添加密码的本地代理。",
                Exit.CONFIG,
            )
    return tuple(found)


def secret_files(environment: Mapping[str, str]) -> Iterator[tuple[str, Path]]:
    """Yield the variables that name a file with a secret.

    Raises:
        CommandError: a variable contains a secret, and a service does not inherit it.
    """
    for name in _SECRETS:
        if environment.get(name):
            raise CommandError(
                f"A service cannot read {name} of this shell: write it to a file that only you "
                f"can read, and set {name}_FILE instead.",
                f"服务读不到当前终端中的 {name}：请把它写入只有你能读取的文件，改设 {name}_FILE。",
                Exit.CONFIG,
            )
        if file := environment.get(f"{name}_FILE"):
            yield f"{name}_FILE", Path(file).resolve()
