"""Open pages get the newest messages, each of them once."""

import pytest

from creditcurve.alerting.notifications import MAX_KEPT, Notifications
from creditcurve.channels import ChannelError, Message


def message(number: int, text: str = "text") -> Message:
    return Message(id=str(number), at_ms=0, title="title", text=text)


def test_the_newest_messages_are_kept_in_order() -> None:
    notifications = Notifications(lambda: True)
    for number in range(MAX_KEPT + 2):
        notifications.show(message(number))
    assert [int(one.id) for one in notifications.recent] == list(range(2, MAX_KEPT + 2))


def test_a_message_that_is_sent_again_replaces_the_first() -> None:
    notifications = Notifications(lambda: True)
    for one in (message(1), message(2), message(1, "again")):
        notifications.show(one)
    assert [(one.id, one.text) for one in notifications.recent] == [("2", "text"), ("1", "again")]


def test_without_an_open_page_a_message_is_not_accepted() -> None:
    notifications = Notifications(lambda: False)
    with pytest.raises(ChannelError, match="No page is open"):
        notifications.show(message(1))
    assert notifications.recent == ()
