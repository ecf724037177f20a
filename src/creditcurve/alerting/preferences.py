"""The zone and the style of messages, from the settings and the account, at each use."""

from datetime import tzinfo

from creditcurve.alerting.style import Style
from creditcurve.clocks import zone_or_local
from creditcurve.store import Store


class Preferences:
    """Reads how messages are written.

    Args:
        store: the store with the settings and the account.
        page_url: the page's address where the settings name none.
        is_chinese: the language where the settings name none.
    """

    def __init__(self, store: Store, *, page_url: str | None, is_chinese: bool) -> None:
        self._store = store
        self._page_url = page_url
        self._is_chinese = is_chinese

    def zone(self) -> tzinfo:
        """Return the zone of times and days."""
        return zone_or_local(self._store.state.settings.time_zone)

    def style(self) -> Style:
        """Return the style of texts."""
        settings, account = self._store.state.settings, self._store.account.account
        is_auto = settings.locale == "auto"
        return Style(
            is_chinese=self._is_chinese if is_auto else settings.locale == "zh-CN",
            zone=self.zone(),
            page_url=settings.page_url or self._page_url,
            unit=None if account is None else account.unit,
        )
