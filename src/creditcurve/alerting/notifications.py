"""Browser notifications: the newest messages for open pages, which show them once by their id."""

from collections.abc import Callable
from typing import Final

from creditcurve.channels import Answer, ChannelError
from creditcurve.channels import Message as Outgoing

MAX_KEPT: Final = 10
"""A page gets an event soon after each message; more would be of no use."""
NO_PAGE: Final = "No page is open."


class Notifications:
    """Messages for open pages.

    Attributes:
        recent: the newest messages, newest last.
    """

    def __init__(self, is_page_open: Callable[[], bool]) -> None:
        self._is_page_open = is_page_open
        self.recent: tuple[Outgoing, ...] = ()

    def show(self, message: Outgoing) -> Answer:
        """Add a message for the open pages; publish a change of alerts afterwards.

        Raises:
            ChannelError: no page is open.
        """
        if not self._is_page_open():
            raise ChannelError(NO_PAGE)
        others = (one for one in self.recent if one.id != message.id)
        self.recent = (*others, message)[-MAX_KEPT:]
        return Answer(200, "")
