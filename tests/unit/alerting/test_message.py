"""Messages: the link to the page at the time of the episode."""

from datetime import UTC

import msgspec

from creditcurve.alerting.message import rendered
from creditcurve.alerting.style import Style
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.episode import Episode, Notice, State
from creditcurve.domain.outbox import Content, Message

RULE = Rule(id="spend", kind=Kind.SPEND, window_s=3_600, above=100)
EPISODE = Episode(
    rule="spend", state=State.FIRING, since_ms=9_000_000, changed_ms=0, value=120, peak=120
)
STYLE = Style(is_chinese=False, zone=UTC, page_url="http://127.0.0.1:8080/")
MESSAGE = Message(
    id="m",
    due_ms=0,
    contents=(Content(at_ms=9_900_000, notice=Notice.FIRED, rule=RULE, episode=EPISODE),),
    episode=7,
)


def test_the_link_shows_the_time_of_the_episode_and_opens_it() -> None:
    link = rendered(MESSAGE, STYLE).link
    assert link == "http://127.0.0.1:8080/?from=5400000&to=9900000&episode=7"


def test_a_message_without_an_episode_opens_none() -> None:
    joined = msgspec.structs.replace(MESSAGE, episode=None)
    assert rendered(joined, STYLE).link == "http://127.0.0.1:8080/?from=5400000&to=9900000"


def test_without_an_address_of_the_page_there_is_no_link() -> None:
    assert rendered(MESSAGE, msgspec.structs.replace(STYLE, page_url=None)).link is None
