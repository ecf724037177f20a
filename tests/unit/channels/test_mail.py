"""Mail, against a local server."""

from email import message_from_string, policy

import pytest

from creditcurve.channels import ChannelError, Kind, Message, Target, send
from creditcurve.channels.http import ChannelHttp
from creditcurve.domain.secret import Secret
from support.mail_server import PASSWORD, REFUSED, USER, MailServer, mail_server

MESSAGE = Message(id="7", at_ms=1_795_000_000_000, title="余额低于 800", text="Opus 4.5: 1,200")


def mail_target(
    server: MailServer, *, to: str = "you@example.org", password: str = PASSWORD
) -> Target:
    """Return a channel of a local server."""
    user = USER.replace("@", "%40")
    url = f"smtp://{user}@127.0.0.1:{server.port}/?from={USER}&to={to}"
    return Target(kind=Kind.MAIL, url=url, secret=Secret.of(password))


async def test_a_mail_has_subject_text_and_an_id_that_does_not_change() -> None:
    with mail_server() as server:
        answer = await send(mail_target(server), MESSAGE, ChannelHttp(), now_ms=0)
    mail = message_from_string(server.mails[0], policy=policy.default)
    assert answer.status == 250
    assert mail["Subject"] == MESSAGE.title
    assert mail["Message-ID"] == "<7@creditcurve>"
    assert MESSAGE.text in mail.get_content()


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"password": "wr0ng"}, "535 5.7.8 wrong password"),
        ({"to": REFUSED}, "recipient was refused"),
        ({"to": ""}, "lacks"),
    ],
)
async def test_a_refusal_is_reported_and_final(change: dict[str, str], answer: str) -> None:
    with mail_server() as server:
        target = mail_target(server, **change)
        if change.get("to") == "":
            target = Target(kind=Kind.MAIL, url=f"smtp://127.0.0.1:{server.port}/")
        with pytest.raises(ChannelError, match=answer) as caught:
            await send(target, MESSAGE, ChannelHttp(), now_ms=0)
    assert caught.value.is_final
    assert not server.mails


async def test_no_private_mail_server_is_reached() -> None:
    target = Target(kind=Kind.MAIL, url="smtp://192.168.1.5/?from=a@b.example&to=a@b.example")
    with pytest.raises(ChannelError, match="not public"):
        await send(target, MESSAGE, ChannelHttp(), now_ms=0)


async def test_the_connection_is_made_to_the_address_that_was_checked() -> None:
    """A name that resolves to another address at the second question would be of no use."""

    class Resolved(ChannelHttp):
        async def resolve(self, host: str, port: int, *, is_encrypted: bool) -> str:
            assert (host, port, is_encrypted) == ("mail.invalid", server.port, True)
            return "127.0.0.1"

    with mail_server() as server:
        target = mail_target(server)
        named = Target(
            kind=Kind.MAIL,
            url=target.url.replace("127.0.0.1", "mail.invalid"),
            secret=target.secret,
        )
        answer = await send(named, MESSAGE, Resolved(), now_ms=0)
    assert answer.status == 250
