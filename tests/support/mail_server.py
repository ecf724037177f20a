"""A local mail server: one connection at a time, plain, with AUTH PLAIN."""

import base64
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

USER, PASSWORD = "me@example.org", "s3cret-t0ken"
REFUSED = "nobody@example.org"


class MailServer(socketserver.ThreadingTCPServer):
    """A running server and the mails it accepted."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.port = int(self.server_address[1])
        self.mails: list[str] = []


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        """Answer the client's commands until it quits."""
        self._say("220 test")
        for line in self.rfile:
            verb = line[:4].upper().decode("latin-1")
            if verb == "DATA":
                self._say("354 go on")
                self.server.mails.append(self._data())
                self._say("250 accepted")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say(_answer(verb, line.decode()))

    def _data(self) -> str:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.decode())
        return "".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


def _answer(verb: str, line: str) -> str:
    if verb == "EHLO":
        return "250-test\r\n250 AUTH PLAIN"
    if verb == "AUTH":
        given = base64.b64decode(line.split()[2]).decode().split("\0")[1:]
        return "235 hello" if given == [USER, PASSWORD] else "535 5.7.8 wrong password"
    if verb == "RCPT" and REFUSED in line:
        return "550 5.1.1 unknown"
    return "250 OK"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Serve SMTP on loopback."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()
