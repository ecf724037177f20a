"""Give each language of the documentation a search of its own.

The theme has one index, of all languages, at the root of the site. Here each language gets one in
its own folder, whose pages name that folder as their base. The theme's search also drops the last
word of a query of several Chinese words, because it does not look at the end of a row of Chinese
characters; its script is corrected in the built site.
"""

import json
from pathlib import Path
from typing import Any, Final

LANGUAGES: Final = {"": ["en"], "zh/": ["en", "zh"]}
"""The folder of each language, and the languages that its index is for."""
INDEX: Final = "search/search_index"
WORKERS: Final = "assets/javascripts/workers/search.*.min.js"
_LOOP: Final = "for(let o=s+1;o<t.length;o++)t.slice(s,o)in e"
_WHOLE_LOOP: Final = "for(let o=s+1;o<=t.length;o++)t.slice(s,o)in e"


class SearchError(Exception):
    """The theme differs from the one that is changed here."""


def write_indexes(site: Path) -> None:
    """Divide the common index: as JSON for a server, as a script for pages opened from a disk."""
    index = json.loads((site / f"{INDEX}.json").read_text("utf-8"))
    for folder in LANGUAGES:
        own = json.dumps(index_of(index, folder), ensure_ascii=False, separators=(",", ":"))
        file = site / folder / INDEX
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".json").write_text(own, "utf-8")
        file.with_suffix(".js").write_text(f"var __index = {own}", "utf-8")


def index_of(index: dict[str, Any], folder: str) -> dict[str, Any]:
    """Return the index of one language; its locations begin at its folder."""
    docs = [
        {**doc, "location": doc["location"].removeprefix(folder)}
        for doc in index["docs"]
        if folder_of(doc["location"]) == folder
    ]
    return {"config": {**index["config"], "lang": LANGUAGES[folder]}, "docs": docs}


def folder_of(location: str) -> str:
    """Return the folder of the language of a page."""
    return next((one for one in LANGUAGES if one and location.startswith(one)), "")


def with_base(page: str, root: str, base: str) -> str:
    """Return a page whose search begins at ``base``, not at the root of the site.

    Raises:
        SearchError: the page does not name its root in the one place that is known.
    """
    named = f'"base": "{root}"'
    if page.count(named) != 1:
        raise SearchError(f"a page has {page.count(named)} times {named}, not once")
    return page.replace(named, f'"base": "{base}"')


def repair_segmenter(site: Path) -> None:
    """Let the search look at a row of Chinese characters up to its end.

    Raises:
        SearchError: the script has no such loop; the fault may have been corrected.
    """
    (worker,) = site.glob(WORKERS)
    script = worker.read_text("utf-8")
    if _WHOLE_LOOP in script:
        return
    if script.count(_LOOP) != 1:
        raise SearchError(f"{worker.name} does not contain the loop that is corrected")
    worker.write_text(script.replace(_LOOP, _WHOLE_LOOP), "utf-8")
