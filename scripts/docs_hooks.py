"""Hooks of MkDocs; named in mkdocs.yml.

A line break of the source becomes a space in a browser. Chinese has no spaces between words, so a
break between two Chinese characters is removed.
"""

import re
from typing import Final

_CHINESE: Final = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]"
_BREAK: Final = re.compile(rf"(?<={_CHINESE})\n(?={_CHINESE})")
_CODE: Final = re.compile(r"(<pre.*?</pre>)", re.DOTALL)


def on_page_content(html: str, **_: object) -> str:
    """Return a page without line breaks between Chinese characters, code left as it is."""
    parts = _CODE.split(html)
    return "".join(part if part.startswith("<pre") else _BREAK.sub("", part) for part in parts)
