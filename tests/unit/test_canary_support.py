"""The search for a canary finds it in every spelling: a test that cannot fail proves nothing."""

import base64
import html
import json
import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from support.canary import Canary, Evidence

SPELLINGS: dict[str, Callable[[str], bytes]] = {
    "clear": lambda text: text.encode(),
    "in small letters": lambda text: text.lower().encode(),
    "backwards": lambda text: text[::-1].encode(),
    "in an address": lambda text: quote(text, safe="").encode(),
    "in an address, twice": lambda text: quote(quote(text, safe=""), safe="").encode(),
    "each byte in an address": lambda text: "".join(f"%{ord(c):02x}" for c in text).encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64, one off": lambda text: base64.b64encode(b"x" + text.encode() + b"yz"),
    "base64, two off": lambda text: base64.b64encode(b"xy" + text.encode() + b"z"),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(b"?" + text.encode()),
    "base64 in lines": lambda text: base64.encodebytes(b"of a mail" * 9 + text.encode()),
    "hex": lambda text: text.encode().hex().encode(),
    "HEX": lambda text: text.encode().hex().upper().encode(),
    "hex in groups": lambda text: text.encode().hex(" ").encode(),
    "repr": lambda text: repr(text).encode(),
    "repr of a repr": lambda text: repr(repr(text.encode())).encode(),
    "escapes of Python": lambda text: "".join(f"\\x{ord(c):02x}" for c in text).encode(),
    "octal escapes": lambda text: "".join(f"\\{ord(c):03o}" for c in text).encode(),
    "JSON": lambda text: json.dumps(text).encode(),
    "JSON in JSON": lambda text: json.dumps({"message": json.dumps(text)}).encode(),
    "JSON of PHP": lambda text: json.dumps(text).replace("/", "\\/").encode(),
    "JSON, each letter escaped": lambda text: "".join(f"\\u{ord(c):04x}" for c in text).encode(),
    "HTML": lambda text: html.escape(text).encode(),
    "HTML, each letter": lambda text: "".join(f"&#{ord(c)};" for c in text).encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "folded": lambda text: "\r\n ".join(text[at : at + 10] for at in range(0, 80, 10)).encode(),
    "its end alone": lambda text: text[-16:].encode(),
    "its start alone": lambda text: text[:16].encode(),
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS.keys())
@pytest.mark.parametrize("_", range(3))
def test_it_is_found_however_it_is_spelled(spelling: Callable[[str], bytes], _: int) -> None:
    """Between other bytes."""
    canary = Canary()
    around = secrets.token_bytes(50)
    assert canary.is_in(around + spelling(canary.text) + around)
    assert not canary.is_in(around + spelling(Canary().text) + around)


def test_it_is_found_in_files_and_in_their_names(tmp_path: Path) -> None:
    """Also in folders, with the file's path."""
    canary, evidence = Canary("-_"), Evidence()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "inside").write_text(f"a {canary.text} b")
    (tmp_path / f"named {canary.text}").touch()
    (tmp_path / "harmless").write_text("nothing")
    evidence.add_files(tmp_path)
    evidence.add("a page", "nothing either")
    assert len(evidence) == 4
    assert evidence.traces(canary) == [
        str(tmp_path / "deep" / "inside"),
        str(tmp_path / f"named {canary.text}"),
    ]
