"""The account of the simulated site, in one of both billing eras.

In the first era it has whole credits, a maximum, recovery by the hour and one reset a day; in the
second a wallet in thousandths of a yuan, with top-ups. The balance follows from the usage.
"""

from enum import StrEnum
from typing import Final

import msgspec

from creditcurve.domain.account import Account, Reset
from creditcurve.domain.instant import DAY_MS, HOUR_MS, from_iso, to_iso
from creditcurve.domain.unit import Unit
from creditcurve.simulator.history import Row
from creditcurve.simulator.http import Response

BEIJING_MS: Final = 8 * HOUR_MS
"""The site's days begin at midnight in Beijing."""
API_KEY: Final = "sk-ant-simulated"


class Era(StrEnum):
    """How the site charges."""

    CREDITS = "credits"
    WALLET = "wallet"


class TopUp(msgspec.Struct, frozen=True):
    """An amount that the user paid for."""

    t_ms: int
    amount: int


class SimulatedAccount(msgspec.Struct, kw_only=True):
    """One account; ``opening`` is its balance before the first usage.

    Attributes:
        era: how it is charged.
        opening: the balance at ``since_ms``.
        since_ms: usage and recovery count from here on.
        plan: the name of its plan.
        maximum: the balance after a reset, and the ceiling of recovery.
        recovery_per_h: credited at every full hour.
        plan_ends_ms: when the plan ends.
        resets_per_day: how many resets a day has.
        resets: when one was used.
        top_ups: payments.
        user: the id of the account.
    """

    era: Era
    opening: int
    since_ms: int = 0
    plan: str = "PRO"
    maximum: int = 8_000
    recovery_per_h: int = 0
    plan_ends_ms: int | None = None
    resets_per_day: int = 1
    resets: list[int] = []
    top_ups: list[TopUp] = []
    user: int = 1_017_428

    def balance(self, rows: list[Row], now_ms: int) -> int:
        """Return the balance after the usage of ``rows``, in any order."""
        events = [
            *((from_iso(str(row["createdAt"])), 1, -_amount(row)) for row in rows),
            *((t_ms, 0, 0) for t_ms in self.resets),
            *((one.t_ms, 2, one.amount) for one in self.top_ups),
            *((t_ms, 3, self.recovery_per_h) for t_ms in self._recoveries(now_ms)),
        ]
        balance = self.opening
        for t_ms, kind, amount in sorted(events):
            if self.since_ms <= t_ms <= now_ms:
                balance = self._after(balance, kind, amount)
        return balance

    def remaining(self, now_ms: int) -> int:
        """Return the resets that remain today."""
        today = (now_ms + BEIJING_MS) // DAY_MS
        used = sum(
            t_ms <= now_ms and (t_ms + BEIJING_MS) // DAY_MS == today for t_ms in self.resets
        )
        return max(0, self.resets_per_day - used)

    def reading(self, rows: list[Row], now_ms: int) -> Account:
        """Return the account as the program stores it after the answers of an instant."""
        is_first = self.era is Era.CREDITS
        last_ms = max((t_ms for t_ms in self.resets if t_ms <= now_ms), default=None)
        return Account(
            at_ms=now_ms,
            unit=Unit.CREDITS if is_first else Unit.YUAN,
            plan=self.plan,
            balance=self.balance(rows, now_ms),
            maximum=self.maximum if is_first else None,
            recovery_per_h=self.recovery_per_h if is_first else None,
            expires_at_ms=self.plan_ends_ms,
            reset=Reset(remaining=self.remaining(now_ms), last_at_ms=last_ms) if is_first else None,
        )

    def answer(self, endpoint: str, method: str, rows: list[Row], now_ms: int) -> Response:
        """Return the answer of an endpoint of the account."""
        if method == "POST" and endpoint == "reset" and self.era is Era.CREDITS:
            return self._use_reset(rows, now_ms)
        if method != "GET":
            return Response.json({"error": "Method Not Allowed"}, 405)
        value = self._value(endpoint, self.balance(rows, now_ms), now_ms)
        if value is None:
            return Response.json({"error": "Not Found"}, 404)
        return Response.json(value)

    def _value(self, endpoint: str, balance: int, now_ms: int) -> dict[str, object] | None:
        if endpoint == "session":
            return {"user": {"id": str(self.user), "plan": self.plan}, "expires": self._plan_end()}
        if endpoint == "api_keys":
            key = {"name": "default", "totalConsumed": "13436", "apiKey": API_KEY}
            return {"data": [key]}
        if self.era is Era.CREDITS:
            return self._first_era(endpoint, balance, now_ms)
        return self._second_era(endpoint, balance)

    def _first_era(self, endpoint: str, balance: int, now_ms: int) -> dict[str, object] | None:
        if endpoint == "credits":
            return {
                "userId": self.user,
                "email": None,
                "credits": balance,
                "plan": self.plan,
                "creditLimit": self.maximum,
                "expiresAt": self._plan_end(),
            }
        if endpoint == "recovery":
            return {"recoveryRate": self.recovery_per_h}
        if endpoint == "reset":
            last = to_iso(self.resets[-1]) if self.resets else None
            return {"remainingResets": self.remaining(now_ms), "lastResetAt": last}
        return None

    def _second_era(self, endpoint: str, balance: int) -> dict[str, object] | None:
        if endpoint == "wallet":
            paid = min(sum(one.amount for one in self.top_ups), balance)
            data = {"balance": str(balance - paid), "bonusBalance": str(paid)}
            return {"success": True, "data": data}
        if endpoint == "profile":
            user = {"id": str(self.user), "plan": self.plan, "status": "ACTIVE"}
            return {"user": {**user, "credits": balance, "planExpiresAt": self._plan_end()}}
        if endpoint == "pricing":
            price = {"modelName": "claude-sonnet-4-20250514", "inputPrice": "3", "outputPrice": 15}
            return {"data": [{**price, "isActive": True}]}
        return None

    def _use_reset(self, rows: list[Row], now_ms: int) -> Response:
        if self.remaining(now_ms) == 0:
            return Response.json({"success": False, "message": "already used today"}, 400)
        before = self.balance(rows, now_ms)
        self.resets = [*self.resets, now_ms]
        after = max(before, self.maximum)
        remaining = self.remaining(now_ms)
        return Response.json(
            {
                "success": True,
                "balanceBefore": str(before),
                "balanceAfter": str(after),
                "resetAmount": str(after - before),
                "usedCount": self.resets_per_day - remaining,
                "maxCount": self.resets_per_day,
                "remainingCount": remaining,
            }
        )

    def _after(self, balance: int, kind: int, amount: int) -> int:
        if kind == 0:
            return max(balance, self.maximum)
        if kind == 3:
            return max(balance, min(balance + amount, self.maximum))
        return max(0, balance + amount)

    def _recoveries(self, now_ms: int) -> range:
        if not self.recovery_per_h:
            return range(0)
        return range(-(-self.since_ms // HOUR_MS) * HOUR_MS, now_ms + 1, HOUR_MS)

    def _plan_end(self) -> str | None:
        return None if self.plan_ends_ms is None else to_iso(self.plan_ends_ms)


def _amount(row: Row) -> int:
    amount = row["creditsUsed"]
    return amount if isinstance(amount, int) else 0
