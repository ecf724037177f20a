"""The alert rules of the demo, in addition to those of every new data folder."""

from typing import Final

from creditcurve.commands.alerts import AlertCommands
from creditcurve.domain.alert import Kind, Rule

RULES: Final = (
    Rule(id="", kind=Kind.SPEND, window_s=86_400, above=20_000),
    Rule(id="", kind=Kind.AWAY, start="00:00", end="07:00", above=0),
)
"""The first one fires within the first polls: a simulated day has more spending."""


async def add_rules(alerts: AlertCommands) -> None:
    """Store the rules; polls judge them as they judge a user's."""
    for rule in RULES:
        await alerts.save_rule(rule)
