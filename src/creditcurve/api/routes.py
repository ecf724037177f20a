"""The table of contents of the interface: one line per call."""

from functools import cache
from typing import Any, Final

from starlette.routing import BaseRoute

from creditcurve import __version__
from creditcurve.api import page
from creditcurve.api.events import endpoint as events
from creditcurve.api.events.source import AlertEvent, RecordsEvent
from creditcurve.api.http import openapi
from creditcurve.api.http.endpoint import Endpoint, route
from creditcurve.api.resources import (
    account,
    backup,
    balance_history,
    cookie,
    costs,
    credit_reset,
    days,
    diagnostics,
    forecast,
    health,
    metrics,
    quarantine,
    records,
    refresh,
    session,
    settings,
    status,
    usage,
    usual,
)
from creditcurve.api.resources import (
    contract as documentation,
)
from creditcurve.api.resources.alerts import (
    channels,
    episode_changes,
    episodes,
    preview,
    rules,
)

ENDPOINTS: Final = (
    Endpoint("GET", "/api/health", health.read),
    Endpoint("GET", "/api/status", status.read),
    Endpoint("GET", "/api/settings", settings.read),
    Endpoint("PATCH", "/api/settings", settings.change),
    Endpoint("GET", "/api/retention", settings.retention),
    Endpoint("PUT", "/api/cookie", cookie.put),
    Endpoint("DELETE", "/api/cookie", cookie.delete),
    Endpoint("POST", "/api/cookie/check", cookie.check),
    Endpoint("POST", "/api/refresh", refresh.refresh),
    Endpoint("GET", "/api/usage", usage.read),
    Endpoint("GET", "/api/usage/costs", costs.read),
    Endpoint("GET", "/api/days", days.read),
    Endpoint("GET", "/api/usual", usual.read),
    Endpoint("GET", "/api/account", account.read),
    Endpoint("GET", "/api/account/history", balance_history.read),
    Endpoint("POST", "/api/account/reset", credit_reset.use),
    Endpoint("GET", "/api/forecast", forecast.read),
    Endpoint("GET", "/api/records", records.page),
    Endpoint("GET", "/api/types", records.types),
    Endpoint("GET", "/api/alerts/rules", rules.read),
    Endpoint("POST", "/api/alerts/rules", rules.create),
    Endpoint("PATCH", "/api/alerts/rules/{rule}", rules.change),
    Endpoint("DELETE", "/api/alerts/rules/{rule}", rules.delete),
    Endpoint("GET", "/api/alerts/rules/{rule}/preview", preview.of_stored),
    Endpoint("POST", "/api/alerts/preview", preview.of_new),
    Endpoint("GET", "/api/alerts/channels", channels.read),
    Endpoint("POST", "/api/alerts/channels", channels.create),
    Endpoint("PATCH", "/api/alerts/channels/{channel}", channels.change),
    Endpoint("DELETE", "/api/alerts/channels/{channel}", channels.delete),
    Endpoint("POST", "/api/alerts/channels/{channel}/test", channels.test),
    Endpoint("GET", "/api/alerts/episodes", episodes.read),
    Endpoint("PATCH", "/api/alerts/episodes/{episode}", episode_changes.change),
    Endpoint("GET", "/api/export", records.download),
    Endpoint("GET", "/api/quarantine", quarantine.page),
    Endpoint("POST", "/api/import", records.import_records),
    Endpoint("GET", "/api/backup", backup.download),
    Endpoint("GET", "/api/diagnostics", diagnostics.read),
    Endpoint("POST", "/api/session", session.open_session),
    Endpoint("DELETE", "/api/session", session.close_session),
    Endpoint("POST", "/api/session/link", session.new_link),
    Endpoint("POST", "/api/session/ticket", session.new_ticket),
    Endpoint("GET", session.LOGIN_PATH, session.follow_link),
    Endpoint("GET", "/api/events", events.follow),
    Endpoint("GET", "/metrics", metrics.read),
    Endpoint("GET", "/api/openapi.json", documentation.document),
    Endpoint("GET", "/api/docs", documentation.page),
    Endpoint("GET", "/api/docs.js", documentation.script),
)


def routes() -> list[BaseRoute]:
    """Return the routes of the interface and of the page."""
    paths = dict.fromkeys(endpoint.path for endpoint in ENDPOINTS)
    calls = [route(path, [one for one in ENDPOINTS if one.path == path]) for path in paths]
    return [*calls, *page.routes()]


@cache
def contract() -> dict[str, Any]:
    """Return the OpenAPI document of this version."""
    return openapi.document(ENDPOINTS, __version__, further_types=[AlertEvent, RecordsEvent])
