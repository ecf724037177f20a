"""The commands by name, with their flags and help."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from creditcurve import __version__
from creditcurve.config import Flags, LogFormat, LogLevel

app = App(
    name="creditcurve",
    help="The live curve of your Claude Code credits on AICodeMirror, on your own machine.",
    version=__version__,
    help_format="plaintext",
    result_action="return_value",
)

Host = Annotated[str | None, Parameter(help="Address to listen on.")]
Port = Annotated[int | None, Parameter(help="Port to listen on; 0 takes a free one.")]
DataDir = Annotated[Path | None, Parameter(help="Folder of the database.")]
Upstream = Annotated[str | None, Parameter(help="Address of the site.")]
AccessKey = Annotated[
    str | None,
    Parameter(
        help="Key that callers need. Any program of this machine can read it here: better name a "
        "file in CREDITCURVE_ACCESS_KEY_FILE."
    ),
]
AllowedHosts = Annotated[
    tuple[str, ...],
    Parameter(
        name="--allowed-host", negative="", help="A further name under which it may be reached."
    ),
]
OpenPage = Annotated[
    bool | None, Parameter(name="--open", negative="--no-open", help="Open the page.")
]
Level = Annotated[
    Literal["debug", "info", "warning", "error"] | None, Parameter(help="How much is logged.")
]
Format = Annotated[Literal["text", "json"] | None, Parameter(help="How a log line is written.")]


@app.command
def serve(  # noqa: PLR0913 - one parameter for each flag of the contract
    *,
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    upstream: Upstream = None,
    access_key: AccessKey = None,
    allowed_hosts: AllowedHosts = (),
    open_page: OpenPage = None,
    log_level: Level = None,
    log_format: Format = None,
) -> int:
    """Collect and show the curve; a flag beats the environment, that beats the default."""
    from creditcurve.cli.serve import run  # noqa: PLC0415 - see the package's docstring

    return run(
        Flags(
            host=host,
            port=port,
            data_dir=data_dir,
            upstream=upstream,
            access_key=access_key,
            allowed_hosts=allowed_hosts,
            open_page=open_page,
            log_level=LogLevel(log_level) if log_level else None,
            log_format=LogFormat(log_format) if log_format else None,
        )
    )


@app.command
def demo(
    *,
    host: Host = None,
    port: Port = None,
    access_key: AccessKey = None,
    allowed_hosts: AllowedHosts = (),
    open_page: OpenPage = None,
) -> int:
    """Look around: a simulated site with a day of history, on a temporary data folder."""
    from creditcurve.cli.demo import run  # noqa: PLC0415 - see the package's docstring

    return run(
        Flags(
            host=host,
            port=port,
            access_key=access_key,
            allowed_hosts=allowed_hosts,
            open_page=open_page,
        )
    )


@app.command
def login(*, data_dir: DataDir = None) -> int:
    """Print a link that logs a browser in, once and within 15 minutes, without the access key."""
    from creditcurve.cli.login import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir))


@app.command
def openapi() -> int:
    """Print the OpenAPI document of the HTTP interface."""
    from creditcurve.cli.openapi import run  # noqa: PLC0415 - see the package's docstring

    return run()


@app.command
def status(
    *,
    data_dir: DataDir = None,
    as_json: Annotated[
        bool, Parameter(name="--json", negative="", help="As GET /api/status answers it.")
    ] = False,
) -> int:
    """Show the state of the running instance; exit code 0 well, 1 not well, 69 not running."""
    from creditcurve.cli.status import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir), as_json=as_json)


@app.command
def statusline(*, data_dir: DataDir = None) -> int:
    """Print one short line for shell prompts and status bars."""
    from creditcurve.cli.statusline import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir))


@app.command
def export(
    *,
    form: Annotated[
        Literal["csv", "ndjson", "json"], Parameter(name="--format", help="Form of the file.")
    ] = "csv",
    start: Annotated[
        str | None, Parameter(name="--from", help="First instant, ISO 8601 with a zone.")
    ] = None,
    end: Annotated[
        str | None, Parameter(name="--to", help="The instant after the last, ISO 8601 with a zone.")
    ] = None,
    output: Annotated[Path | None, Parameter(help="File to write; else standard output.")] = None,
    data_dir: DataDir = None,
) -> int:
    """Write the stored records, oldest first; from the running instance or without one."""
    from creditcurve.cli.export import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir), form=form, start=start, end=end, output=output)


@app.command(name="import")
def import_records(
    source: Annotated[
        Path, Parameter(help="An export; - for standard input.", allow_leading_hyphen=True)
    ],
    /,
    *,
    form: Annotated[
        Literal["csv", "ndjson", "json"] | None,
        Parameter(name="--format", help="Form of the file; else told by its name."),
    ] = None,
    dry_run: Annotated[bool, Parameter(negative="", help="Read it all and store nothing.")] = False,
    data_dir: DataDir = None,
) -> int:
    """Take in an export: records that are known stand as they are, the others are added."""
    from creditcurve.cli.intake import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir), source, form=form, is_dry=dry_run)


@app.command
def backup(
    target: Annotated[Path, Parameter(help="File to write, or a folder to write it into.")],
    /,
    *,
    overwrite: Annotated[
        bool, Parameter(negative="", help="Replace a file that is there.")
    ] = False,
    data_dir: DataDir = None,
) -> int:
    """Copy the database as it is now, without the cookie; also while an instance runs."""
    from creditcurve.cli.backup import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir), target, overwrite=overwrite)


@app.command
def doctor(*, data_dir: DataDir = None) -> int:
    """Look at everything the program stands on; no cookie is sent."""
    from creditcurve.cli.doctor import run  # noqa: PLC0415 - see the package's docstring

    return run(Flags(data_dir=data_dir))


cookie = App(name="cookie", help="Give the cookie, try it, forget it; its value is never shown.")
app.command(cookie)


@cookie.command(name="set")
def set_cookie(
    *arguments: Annotated[str, Parameter(show=False)],
    no_verify: Annotated[
        bool, Parameter(negative="", help="Keep it without trying it on the site.")
    ] = False,
    force: Annotated[
        bool, Parameter(negative="", help="Keep it although no login is recognised in it.")
    ] = False,
    data_dir: DataDir = None,
) -> int:
    """Read a cookie, in any form, from standard input; keep it if the site accepts it."""
    from creditcurve.cli.cookie import set_from_input  # noqa: PLC0415 - see the package's docstring

    return set_from_input(
        Flags(data_dir=data_dir), verify=not no_verify, force=force, arguments=arguments
    )


@cookie.command(name="reseal")
def reseal_cookie(*, data_dir: DataDir = None) -> int:
    """Seal the stored cookie with a new key; a key of your own in CREDITCURVE_SECRET_KEY_NEW."""
    from creditcurve.cli.cookie import reseal  # noqa: PLC0415 - see the package's docstring

    return reseal(Flags(data_dir=data_dir))


@cookie.command(name="check")
def check_cookie(*, data_dir: DataDir = None) -> int:
    """Try the stored cookie with one call."""
    from creditcurve.cli.cookie import check  # noqa: PLC0415 - see the package's docstring

    return check(Flags(data_dir=data_dir))


@cookie.command(name="delete")
def delete_cookie(*, data_dir: DataDir = None) -> int:
    """Forget the cookie and stop collecting."""
    from creditcurve.cli.cookie import delete  # noqa: PLC0415 - see the package's docstring

    return delete(Flags(data_dir=data_dir))
