"""Each language of the documentation is searched on its own, also for Chinese words."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "docs_search.py"
PAGES = ("index.html", "faq.html#gap", "zh/index.html", "zh/faq.html#_6")
LOOP = "for(let s=0;s<t.length;s++)for(let o=s+1;o<t.length;o++)t.slice(s,o)in e&&(n[s]=o-s)"


@pytest.fixture(scope="module")
def search() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("docs_search", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one index of both languages, and the script that searches it."""
    docs = [{"location": page, "title": page, "text": ""} for page in PAGES]
    index = {"config": {"lang": ["en", "zh"], "separator": r"\s"}, "docs": docs}
    (tmp_path / "search").mkdir()
    (tmp_path / "search/search_index.json").write_text(json.dumps(index))
    worker(tmp_path).parent.mkdir(parents=True)
    worker(tmp_path).write_text(f"function fe(t,e){{{LOOP}}}")
    return tmp_path


def worker(site: Path) -> Path:
    """The script that searches."""
    return site / "assets/javascripts/workers/search.0a1b2c3d.min.js"


@pytest.mark.parametrize(
    ("folder", "locations", "languages"),
    [
        ("", ["index.html", "faq.html#gap"], ["en"]),
        ("zh", ["index.html", "faq.html#_6"], ["en", "zh"]),
    ],
)
def test_each_language_has_an_index_of_its_own_pages(
    search: ModuleType, site: Path, folder: str, locations: list[str], languages: list[str]
) -> None:
    """For a server, and as a script for pages that are opened from a disk."""
    search.write_indexes(site)
    written = (site / folder / "search/search_index.json").read_text("utf-8")
    index = json.loads(written)
    assert [doc["location"] for doc in index["docs"]] == locations
    assert index["config"] == {"lang": languages, "separator": r"\s"}
    script = (site / folder / "search/search_index.js").read_text("utf-8")
    assert script == f"var __index = {written}"


def test_a_page_searches_in_the_folder_of_its_language(search: ModuleType) -> None:
    page = '<script id="__config">{"base": "../..", "search": "../../assets/x.js"}</script>'
    assert search.folder_of("zh/reference/http.html") == "zh/"
    assert search.folder_of("reference/http.html") == ""
    changed = search.with_base(page, "../..", "..")
    assert changed == page.replace('"base": "../.."', '"base": ".."')


def test_a_page_in_another_form_ends_the_build(search: ModuleType) -> None:
    """A later theme must not bring the common search back unnoticed."""
    with pytest.raises(search.SearchError, match="0 times"):
        search.with_base("{}", "..", ".")


def test_the_last_word_of_a_chinese_query_is_looked_up(search: ModuleType, site: Path) -> None:
    """Its end is the end of the query."""
    search.repair_segmenter(site)
    search.repair_segmenter(site)  # a build into the same folder
    assert "o<=t.length;o++)t.slice(s,o)in e" in worker(site).read_text("utf-8")


def test_a_script_without_the_loop_ends_the_build(search: ModuleType, site: Path) -> None:
    worker(site).write_text("")
    with pytest.raises(search.SearchError, match="does not contain the loop"):
        search.repair_segmenter(site)
