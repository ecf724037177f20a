"""Local receivers of messages: each speaks its service's documented protocol, errors included."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from creditcurve.channels import Kind

SECRET = "s3cret-t0ken"
BODY_MARK = "nobody may read this"


@dataclass(frozen=True)
class Received:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def fields(self) -> dict[str, Any]:
        """The JSON body."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def query(self) -> dict[str, str]:
        """The query's first values."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}


Reply = tuple[int, object]
Protocol = Callable[[Received], Reply]


def _feishu(request: Received) -> Reply:
    fields = request.fields
    key = f"{fields.get('timestamp')}\n{SECRET}".encode()
    sign = base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
    if fields.get("sign") != sign:
        return 200, {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}
    if fields["msg_type"] != "text" or not fields["content"]["text"]:
        return 400, {"code": 9499, "msg": "Bad Request"}
    return 200, {"code": 0, "msg": "success", "data": {}}


def _wecom(request: Received) -> Reply:
    if request.query.get("key") != SECRET:
        return 200, {"errcode": 93000, "errmsg": "invalid webhook url"}
    if len(request.fields["text"]["content"].encode()) > 2_048:
        return 200, {"errcode": 40058, "errmsg": "content exceed max length"}
    return 200, {"errcode": 0, "errmsg": "ok"}


def _dingtalk(request: Received) -> Reply:
    text = f"{request.query.get('timestamp')}\n{SECRET}".encode()
    sign = base64.b64encode(hmac.new(SECRET.encode(), text, hashlib.sha256).digest()).decode()
    if request.query.get("sign") != sign or request.query.get("access_token") != "robot":
        return 200, {"errcode": 310000, "errmsg": "sign not match"}
    return 200, {"errcode": 0, "errmsg": "ok"}


def _bark(request: Received) -> Reply:
    if request.path != f"/{SECRET}":
        return 400, {"code": 400, "message": "failed to get device token", "timestamp": 1}
    return 200, {"code": 200, "message": "success", "timestamp": 1}


def _ntfy(request: Received) -> Reply:
    if request.path != "/":
        return 404, {"code": 40401, "http": 404, "error": "page not found"}
    if request.headers.get("authorization") != f"Bearer {SECRET}":
        return 401, {"code": 40101, "http": 401, "error": "unauthorized"}
    return 200, {"id": "x", "event": "message", "topic": request.fields["topic"]}


def _telegram(request: Received) -> Reply:
    if request.path != f"/bot{SECRET}/sendMessage":
        return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
    if request.fields["chat_id"] == "busy":
        limit = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
        return 429, limit | {"parameters": {"retry_after": 7}}
    return 200, {"ok": True, "result": {"message_id": 1}}


def _serverchan(request: Received) -> Reply:
    if request.path != f"/{SECRET}.send":
        return 400, {"code": 40001, "message": "[AUTH]bad pushtoken", "info": BODY_MARK}
    if len(request.fields["title"]) > 32:
        return 200, {"code": 40002, "message": "title too long"}
    return 200, {"code": 0, "message": "", "data": {"pushid": "1"}}


def _pushplus(request: Received) -> Reply:
    if request.fields["token"] != SECRET:
        return 200, {"code": 903, "msg": "无效的用户令牌", "data": None}
    return 200, {"code": 200, "msg": "请求成功", "data": "1"}


def _wxpusher(request: Received) -> Reply:
    if request.fields["appToken"] != SECRET:
        return 200, {"code": 1001, "msg": "appToken不正确", "data": None, "success": False}
    if request.fields["uids"] == ["UID_gone"]:
        one = {"uid": "UID_gone", "code": 1001, "status": "用户未关注应用"}
        return 200, {"code": 1000, "msg": "处理成功", "data": [one], "success": True}
    return 200, {"code": 1000, "msg": "处理成功", "data": [{"code": 1000}], "success": True}


def _slack(request: Received) -> Reply:
    if request.path != f"/services/{SECRET}":
        return 403, "invalid_token"
    return 200, "ok"


def _discord(request: Received) -> Reply:
    if request.path != f"/api/webhooks/{SECRET}":
        return 404, {"message": "Unknown Webhook", "code": 10015}
    if request.fields["allowed_mentions"] != {"parse": []}:
        return 400, {"message": "it may mention everyone", "code": 50035}
    return 204, ""


def _webhook(request: Received) -> Reply:
    stamp, number = request.headers["webhook-timestamp"], request.headers["webhook-id"]
    signed = f"{number}.{stamp}.".encode() + request.body
    digest = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest())
    if request.headers.get("webhook-signature") != f"v1,{digest.decode()}":
        return 401, BODY_MARK
    return 200, BODY_MARK


PROTOCOLS: dict[Kind, Protocol] = {
    Kind.FEISHU: _feishu,
    Kind.WECOM: _wecom,
    Kind.DINGTALK: _dingtalk,
    Kind.BARK: _bark,
    Kind.NTFY: _ntfy,
    Kind.TELEGRAM: _telegram,
    Kind.SERVERCHAN: _serverchan,
    Kind.PUSHPLUS: _pushplus,
    Kind.WXPUSHER: _wxpusher,
    Kind.SLACK: _slack,
    Kind.DISCORD: _discord,
    Kind.WEBHOOK: _webhook,
}
ADDRESSES: dict[Kind, str] = {
    Kind.FEISHU: "/open-apis/bot/v2/hook/robot",
    Kind.WECOM: "/cgi-bin/webhook/send?key={secret}",
    Kind.DINGTALK: "/robot/send?access_token=robot",
    Kind.BARK: "/{secret}",
    Kind.NTFY: "/credits",
    Kind.TELEGRAM: "/?chat_id=42",
    Kind.SERVERCHAN: "",
    Kind.PUSHPLUS: "",
    Kind.WXPUSHER: "/?uid=UID_1",
    Kind.SLACK: "/services/{secret}",
    Kind.DISCORD: "/api/webhooks/{secret}",
    Kind.WEBHOOK: "/hooks/1",
}
"""Where each kind is reached; the token is in the address, or is the channel's secret."""


@dataclass
class Receiver:
    """A running receiver.

    ``answer`` replaces its protocol where a test wants another answer; ``headers`` are added to it.
    ``has_received`` is set by the first request.
    """

    url: str
    received: list[Received] = field(default_factory=list)
    answer: Protocol | None = None
    headers: dict[str, str] = field(default_factory=dict)
    has_received: threading.Event = field(default_factory=threading.Event)


@contextmanager
def receiver(kind: Kind, port: int = 0) -> Iterator[Receiver]:
    """Serve one kind's protocol on loopback; the port 0 takes a free one."""
    running: Receiver

    class Handler(BaseHTTPRequestHandler):
        """Passes each request to the protocol."""

        def do_POST(self) -> None:
            """Answer a request."""
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Received(self.path, headers, body)
            running.received.append(request)
            running.has_received.set()
            status, answer = (running.answer or PROTOCOLS[kind])(request)
            text = answer if isinstance(answer, str) else json.dumps(answer)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("location", text)
            for name, value in running.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_args: object) -> None:
            """Write nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    running = Receiver(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
