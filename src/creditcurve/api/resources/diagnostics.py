"""A report on the running program that is safe to publish: no secret, name, path or address."""

import platform
from typing import Annotated

from msgspec import Meta, Struct, structs

from creditcurve.api.http.instants import Instant
from creditcurve.api.resources.link import LinkView
from creditcurve.api.state import AppState
from creditcurve.clocks import Clock
from creditcurve.diagnostics import Diagnostics, LogLine, Resources
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.instant import to_iso
from creditcurve.store import Store


class LineView(Struct, frozen=True, kw_only=True):
    """A log line, redacted."""

    at: Instant
    level: str
    logger: str
    message: str

    @classmethod
    def of(cls, line: LogLine) -> "LineView":
        """Return the view of a line."""
        return cls(
            at=to_iso(line.at_ms), level=line.level, logger=line.logger, message=line.message
        )


class StallsView(Struct, frozen=True, kw_only=True):
    """Calls that blocked the event loop for more than 50 ms."""

    count: int
    longest_ms: int


class ProcessView(Struct, frozen=True, kw_only=True):
    """The resources of the process; null where the system does not report a value."""

    uptime_s: int
    memory_bytes: int | None
    descriptors: int | None
    threads: int
    tasks: int
    streams: int
    stalls: Annotated[StallsView | None, Meta(description="Null unless the log level is `debug`.")]


class SetupView(Struct, frozen=True, kw_only=True):
    """The settings that decide about polls, and the cookie's state without its names."""

    cookie: CookieState
    cookie_reason: str | None
    collecting: bool
    poll_interval_s: int
    retention_days: int | None


class StorageView(Struct, frozen=True, kw_only=True):
    """The sizes of the store, and how long it takes to summarize it."""

    size_bytes: int
    records: int
    quarantined: int
    removed: int
    revision: int
    recovered: bool
    failing: str | None
    summary_ms: float


class DiagnosticsView(Struct, frozen=True, kw_only=True):
    """A report without secrets, names, paths and addresses: it can be attached to an issue."""

    at: Instant
    version: str
    python: str
    system: str
    demo: bool
    process: ProcessView
    link: LinkView
    setup: SetupView
    storage: StorageView
    lines: Annotated[
        tuple[LineView, ...],
        Meta(description="The newest log lines from `info` on, oldest first."),
    ]


async def read(app: AppState) -> DiagnosticsView:
    """Return a report that is safe to publish."""
    return DiagnosticsView(
        at=to_iso(app.clock.now_ms()),
        version=app.about.version,
        python=platform.python_version(),
        system=platform.platform(),
        demo=app.about.is_demo,
        process=_process(app.diagnostics, streams=len(app.streams)),
        link=_link(app.store, app.diagnostics),
        setup=_setup(app.store),
        storage=await _storage(app.store, app.diagnostics, app.clock),
        lines=tuple(LineView.of(line) for line in app.diagnostics.newest_lines()),
    )


def _process(diagnostics: Diagnostics, *, streams: int) -> ProcessView:
    used, stalls = Resources.now(), diagnostics.stalls
    return ProcessView(
        uptime_s=diagnostics.uptime_s,
        memory_bytes=used.memory_bytes,
        descriptors=used.descriptors,
        threads=used.threads,
        tasks=used.tasks,
        streams=streams,
        stalls=None if stalls is None else StallsView(**structs.asdict(stalls)),
    )


def _link(store: Store, diagnostics: Diagnostics) -> LinkView:
    view = LinkView.of(store.state.link, interval_s=store.state.settings.poll_interval_s)
    detail = None if view.detail is None else diagnostics.redact(view.detail)
    return structs.replace(view, detail=detail)


def _setup(store: Store) -> SetupView:
    settings, cookie = store.state.settings, store.state.cookie_status
    return SetupView(
        cookie=cookie.state,
        cookie_reason=cookie.reason,
        collecting=settings.collecting,
        poll_interval_s=settings.poll_interval_s,
        retention_days=settings.retention_days,
    )


async def _storage(store: Store, diagnostics: Diagnostics, clock: Clock) -> StorageView:
    started_s = clock.monotonic_s()
    summary = await store.records.summary()
    summary_ms = round((clock.monotonic_s() - started_s) * 1000, 1)
    storage = store.storage
    return StorageView(
        size_bytes=await storage.size_bytes(),
        records=summary.total,
        quarantined=summary.quarantined,
        removed=summary.removed,
        revision=summary.versions.revision,
        recovered=storage.recovered_from is not None,
        failing=None if storage.failing is None else diagnostics.redact(storage.failing),
        summary_ms=summary_ms,
    )
