"""The content of a message about an episode, read at the moment of its notice."""

from datetime import tzinfo

import apsw

from creditcurve.domain.alert import Rule
from creditcurve.domain.episode import Episode, Notice
from creditcurve.domain.outbox import Content
from creditcurve.store.sqlite.alerts.spending import cost_of, main_source


def content_of(  # noqa: PLR0913 - one for each value that it depends on
    connection: apsw.Connection,
    rule: Rule,
    episode: Episode,
    notice: Notice,
    *,
    now_ms: int,
    zone: tzinfo,
) -> Content:
    """Return the facts of a message, with the model and key of most of the spending."""
    source = main_source(connection, rule, episode, now_ms, zone)
    return Content(
        at_ms=now_ms,
        notice=notice,
        rule=rule,
        episode=episode,
        cost=cost_of(connection, rule, episode) if notice is Notice.RECOVERED else None,
        model=source and source.model,
        api_key=source and source.api_key,
    )
