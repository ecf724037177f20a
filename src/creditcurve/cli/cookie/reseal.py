"""``creditcurve cookie reseal``: encrypt the cookie with a new key; no instance may run."""

from creditcurve.cli.client import Client
from creditcurve.cli.cookie.stored import require_database
from creditcurve.cli.exits import CommandError, Exit, run_command
from creditcurve.cli.failures import failure_text
from creditcurve.cli.offline import through
from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.terminal import print_line
from creditcurve.collecting.cookie import CookieNotUsableError
from creditcurve.config import Config, Flags
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.secret import Secret
from creditcurve.parts import Parts
from creditcurve.vault import VaultKeyRefusedError, VaultUnreadableError

app = new_app("reseal", "creditcurve cookie reseal")


@app.default
def run(*, data_dir: DataDir = None) -> int:
    """Encrypt the cookie with a new key; return the exit code."""
    return run_command(Flags(data_dir=data_dir), _reseal_stored)


def _reseal_stored(config: Config) -> int:
    if config.secret_key is not None and config.new_secret_key is None:
        raise CommandError(
            "The key in use is CREDITCURVE_SECRET_KEY: "
            "set CREDITCURVE_SECRET_KEY_NEW to the new key.",
            "当前密钥来自 CREDITCURVE_SECRET_KEY：请把 CREDITCURVE_SECRET_KEY_NEW 设为新密钥。",
            Exit.CONFIG,
        )
    require_database(config)
    source = through(
        config,
        running=_refuse_running,
        here=lambda parts: _reseal(parts, config.new_secret_key),
    )
    print_line(_kept(source, config))
    return Exit.OK


def _refuse_running(_: Client) -> str:
    raise CommandError(
        "CreditCurve is running: stop it, run this command again, and start it.",
        "CreditCurve 正在运行：请先停止，重新执行此命令后再启动。",
        Exit.TRY_AGAIN,
    )


async def _reseal(parts: Parts, secret_key: Secret | None) -> str:
    try:
        if await parts.store.state.cookie() is None:
            raise CookieNotUsableError(CookieState.MISSING)
        return await parts.store.seals.renew(secret_key)
    except (VaultUnreadableError, VaultKeyRefusedError) as error:
        raise CommandError(*failure_text(error)) from error


def _kept(source: str, config: Config) -> str:
    """Return where the new key is stored; a key from the environment must be set from now on."""
    if source == "environment":
        return say(
            "Encrypted with the new key. Set CREDITCURVE_SECRET_KEY to it from now on.",
            "已用新密钥加密。今后请把 CREDITCURVE_SECRET_KEY 设为新密钥。",
        )
    if source == "keyring":
        return say(
            "Encrypted with a new key, stored in the system's keyring.",
            "已用新密钥加密，密钥存于系统钥匙串。",
        )
    folder = config.key_file.parent if config.key_file is not None else ""
    return say(
        f"Encrypted with a new key, stored in {folder}.", f"已用新密钥加密，密钥存于 {folder}。"
    )
