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
    result_action="return_value",
)

Host = Annotated[str | None, Parameter(help="Address to listen on.")]
Port = Annotated[int | None, Parameter(help="Port to listen on; 0 takes a free one.")]
DataDir = Annotated[Path | None, Parameter(help="Folder of the database.")]
Upstream = Annotated[str | None, Parameter(help="Address of the site.")]
AccessKey = Annotated[
    str | None, Parameter(help="Key that callers need; better CREDITCURVE_ACCESS_KEY.")
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
def openapi() -> int:
    """Print the OpenAPI document of the HTTP interface."""
    from creditcurve.cli.openapi import run  # noqa: PLC0415 - see the package's docstring

    return run()
