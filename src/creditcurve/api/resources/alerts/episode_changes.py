"""Changes of episodes by the user: a snooze of the rule, and a confirmation."""

from msgspec import UNSET, Struct, UnsetType

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.endpoint import refuses
from creditcurve.api.http.instants import Instant
from creditcurve.api.http.problems import invalid
from creditcurve.api.resources.alerts.common import not_found
from creditcurve.api.resources.alerts.episodes import EpisodeView, kinds_of
from creditcurve.api.state import AppState
from creditcurve.domain.instant import from_iso


class EpisodePatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Until when the episode's rule sends no message; null ends the snooze.

    ``confirmed`` says that the user knows of the episode: no message about it is repeated.
    """

    snoozed_until: Instant | UnsetType | None = UNSET
    confirmed: bool | UnsetType = UNSET


@refuses(ProblemCode.NOT_FOUND)
async def change(episode: str, body: EpisodePatch, app: AppState) -> EpisodeView:
    """Confirm an episode, or send no message of its rule until an instant.

    An alert that still fires after a snooze sends one.
    """
    number = int(episode) if episode.isascii() and episode.isdigit() and len(episode) < 19 else -1
    alerts = app.commands.alerts
    found = await app.store.alerts.episode(number)
    if found is not None and body.confirmed is not UNSET:
        found = await alerts.confirm(number, is_confirmed=body.confirmed)
    if found is not None and body.snoozed_until is not UNSET:
        found = await alerts.snooze(number, _until_ms(body.snoozed_until))
    if found is None:
        raise not_found("episode")
    return EpisodeView.of(found, kinds_of(app.store))


def _until_ms(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return from_iso(text)
    except (ValueError, OverflowError) as error:
        raise invalid("snoozed_until", "snoozed_until is not an ISO 8601 instant.") from error
