"""Mail: ``smtps://user@host:465/?from=a@b&to=c@d``, or ``smtp://`` with STARTTLS.

The secret is the password. A server that offers no TLS is refused unless it is on loopback.
"""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from creditcurve.channels.protocol import Answer, ChannelError, Http, Message, Target
from creditcurve.channels.replies import answer_of, secret_of
from creditcurve.domain.loopback import is_loopback

TIMEOUT_S: Final = 20.0
SUBMISSION_PORT: Final = 587
SMTPS_PORT: Final = 465


async def send(target: Target, message: Message, http: Http) -> Answer:
    """Send a mail."""
    url = urlsplit(target.url)
    address = await http.resolve(url.hostname or "", _port(url), is_encrypted=True)
    return await asyncio.to_thread(_send, target, message, address)


def _send(target: Target, message: Message, address: str) -> Answer:
    url = urlsplit(target.url)
    mail = _mail(url, message)
    try:
        with _connected(url, address) as server:
            if url.username and target.secret is not None:
                server.login(unquote(url.username), secret_of(target))
            server.send_message(mail)
    except smtplib.SMTPResponseException as error:
        text = error.smtp_error if isinstance(error.smtp_error, str) else error.smtp_error.decode()
        raise ChannelError(
            answer_of(error.smtp_code, text),
            status=error.smtp_code,
            is_final=500 <= error.smtp_code < 600,
        ) from None
    except smtplib.SMTPRecipientsRefused:
        raise ChannelError("The recipient was refused.", is_final=True) from None
    except (smtplib.SMTPException, OSError, ssl.SSLError) as error:
        raise ChannelError(f"The mail server did not answer ({type(error).__name__}).") from None
    return Answer(250, "OK")


def _connected(url: SplitResult, address: str) -> smtplib.SMTP:
    """Connect to the address that was checked; the certificate must be that of the name."""
    context = ssl.create_default_context()
    is_encrypted = url.scheme == "smtps"
    server = (
        smtplib.SMTP_SSL(timeout=TIMEOUT_S, context=context)
        if is_encrypted
        else smtplib.SMTP(timeout=TIMEOUT_S)
    )
    server._host = url.hostname or ""  # type: ignore[attr-defined]  # noqa: SLF001 - no public way
    server.connect(address, _port(url))
    if not is_encrypted:
        _start_encryption(server, context, address)
    return server


def _start_encryption(server: smtplib.SMTP, context: ssl.SSLContext, address: str) -> None:
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
    elif not is_loopback(address):
        server.close()
        raise ChannelError("The mail server offers no encryption.", is_final=True)


def _port(url: SplitResult) -> int:
    return url.port or (SMTPS_PORT if url.scheme == "smtps" else SUBMISSION_PORT)


def _mail(url: SplitResult, message: Message) -> EmailMessage:
    query = parse_qs(url.query)
    user = unquote(url.username or "")
    receivers = query.get("to") or ([user] if "@" in user else [])
    sender = (query.get("from") or [user])[0]
    if not receivers or "@" not in sender:
        raise ChannelError("The address lacks ?from= or &to=.", is_final=True)
    mail = EmailMessage()
    try:
        mail["Subject"] = message.title
        mail["From"] = sender
        mail["To"] = ", ".join(receivers)
    except ValueError:
        raise ChannelError("A mail address contains a line break.", is_final=True) from None
    mail["Date"] = formatdate(message.at_ms / 1000)
    mail["Message-ID"] = f"<{message.id}@creditcurve>"
    mail.set_content(message.body)
    return mail
