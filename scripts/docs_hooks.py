"""Hooks of MkDocs; named in mkdocs.yml.

A line break of the source becomes a space in a browser. Chinese has no spaces between words, so a
break between two Chinese characters is removed. Each language has a search of its own.
"""

import re
from pathlib import Path
from typing import Any, Final

import docs_search
from mkdocs.plugins import event_priority
from mkdocs.utils import get_relative_url

_CHINESE: Final = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]"
_BREAK: Final = re.compile(rf"(?<={_CHINESE})\n(?={_CHINESE})")
_CODE: Final = re.compile(r"(<pre.*?</pre>)", re.DOTALL)
_AFTER_ALL_PLUGINS: Final = -200
_SITEMAP: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>
"""


def on_page_content(html: str, **_: object) -> str:
    """Return a page without line breaks between Chinese characters, code left unchanged."""
    parts = _CODE.split(html)
    return "".join(part if part.startswith("<pre") else _BREAK.sub("", part) for part in parts)


def on_post_page(output: str, page: Any, **_: object) -> str:
    """Return a page that searches in its own language."""
    folder = docs_search.folder_of(page.url)
    root, base = (get_relative_url(one, page.url).rstrip("/") for one in (".", folder or "."))
    return docs_search.with_base(output, root, base)


@event_priority(_AFTER_ALL_PLUGINS)  # type: ignore[untyped-decorator]  # see pyproject.toml
def on_post_build(config: Any, **_: object) -> None:
    """Divide the index when the last language has been built."""
    if not config.plugins["i18n"].building:
        docs_search.write_indexes(Path(config.site_dir))
        docs_search.repair_segmenter(Path(config.site_dir))
        write_sitemaps(Path(config.site_dir))


def write_sitemaps(site: Path) -> None:
    """Give each language the empty sitemap for which the theme asks: no address is known yet."""
    (site / "sitemap.xml.gz").unlink(missing_ok=True)
    for folder in docs_search.LANGUAGES:
        (site / folder / "sitemap.xml").write_text(_SITEMAP, "utf-8")
