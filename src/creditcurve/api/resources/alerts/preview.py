"""Previews: the episodes that a rule would have had in the past."""

from typing import Annotated

from msgspec import Meta, Struct

from creditcurve.alerting.preview import Preview
from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.endpoint import refuses
from creditcurve.api.http.instants import Instant, iso_or_none
from creditcurve.api.resources.alerts.common import RENAMED
from creditcurve.api.resources.alerts.rules import NewRule, new_rule, stored_rule
from creditcurve.api.state import AppState
from creditcurve.domain.episode import Episode
from creditcurve.domain.instant import to_iso


class PreviewQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many days to look back."""

    days: Annotated[int, Meta(ge=1, le=90)] = 30


class PastEpisodeView(Struct, frozen=True, kw_only=True, rename=RENAMED):
    """One episode that would have fired; ``until`` is null if it is not over."""

    start: Instant
    until: Instant | None
    value: float
    peak: float
    subject: str | None

    @classmethod
    def of(cls, episode: Episode) -> "PastEpisodeView":
        """Return the view of an episode."""
        return cls(
            start=to_iso(episode.since_ms),
            until=iso_or_none(episode.until_ms),
            value=episode.value,
            peak=episode.peak,
            subject=episode.subject,
        )


class PreviewMessageView(Struct, frozen=True, kw_only=True):
    """A message that a rule would send, in the language of the settings.

    ``example`` is true if no message of the range is known; the value is then the threshold.
    """

    title: str
    text: str
    link: str | None
    example: bool


class PreviewView(Struct, frozen=True, kw_only=True, rename=RENAMED):
    """The episodes of a range, oldest first.

    ``complete`` is false if a part of the range is unknown, or if no history is kept of the values
    of this kind of rule; then only episodes that were reported are counted.
    """

    start: Instant
    end: Instant
    count: int
    episodes: tuple[PastEpisodeView, ...]
    complete: bool
    message: PreviewMessageView

    @classmethod
    def of(cls, preview: Preview) -> "PreviewView":
        """Return the view of a preview."""
        return cls(
            start=to_iso(preview.from_ms),
            end=to_iso(preview.to_ms),
            count=len(preview.episodes),
            episodes=tuple(map(PastEpisodeView.of, preview.episodes)),
            complete=preview.is_complete,
            message=PreviewMessageView(
                title=preview.message.title,
                text=preview.message.text,
                link=preview.message.link,
                example=preview.is_example,
            ),
        )


@refuses(ProblemCode.NOT_FOUND)
async def of_stored(rule: str, query: PreviewQuery, app: AppState) -> PreviewView:
    """Return how often a rule would have fired in the last days."""
    found = await app.commands.alerts.preview(stored_rule(rule, app), query.days)
    return PreviewView.of(found)


async def of_new(body: NewRule, query: PreviewQuery, app: AppState) -> PreviewView:  # type: ignore[valid-type]  # made at run time
    """Return how often a rule would have fired that is not stored yet."""
    return PreviewView.of(await app.commands.alerts.preview(new_rule(body), query.days))
