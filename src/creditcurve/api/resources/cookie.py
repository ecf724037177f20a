"""The cookie: set, delete, check. Its value comes in here and never goes out."""

from creditcurve.api.http.endpoint import Call, Nothing
from creditcurve.api.schema import CookieInput, CookieSaved, CookieView, iso_or_none


async def put(call: Call[Nothing, CookieInput]) -> CookieSaved:
    """Read what was pasted, try it, and keep it where it works."""
    body = call.body
    status = await call.context.commands.set_cookie(
        body.cookie, verify=body.verify, force=body.force
    )
    return CookieSaved(
        names=status.names, state=status.state, expires_at=iso_or_none(status.expires_at_ms)
    )


async def delete(call: Call[Nothing, Nothing]) -> None:
    """Forget the cookie and stop collecting."""
    await call.context.commands.delete_cookie()


async def check(call: Call[Nothing, Nothing]) -> CookieView:
    """Try the stored cookie now, with one call."""
    return CookieView.of(await call.context.commands.check_cookie())
