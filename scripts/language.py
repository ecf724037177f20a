"""Check the language of comments, docstrings and names of tests.

Counts idioms that plain technical English avoids, and exits with 1 above ``LIMIT`` idioms per 1,000
words. For comparison: starlette has 2.5, httpx2 1.5.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parent.parent
SOURCES: Final = (
    "src/**/*.py",
    "tests/**/*.py",
    "bench/**/*.py",
    "scripts/**/*.py",
    "web/src/**/*.ts",
    "web/src/**/*.tsx",
)
GENERATED: Final = frozenset({"schema.d.ts"})
LIMIT: Final = 2.0

_IDIOMS: Final = {
    "a 'what' clause used as a noun": r"(?:^|[\s(])what (?:is|was|are|were|it|they|has|had|comes?|"
    r"came|goes|went|lies|stands?|can|may|must|does|did|a|an|the|no|one|this|that) ",
    "stand for 'be'": r"\b(?:stands?|stood|standing)\b(?! for\b)",
    "tell for 'report'": r"\b(?:tells?|told|telling)\b",
    "take in, take over, set aside": r"\b(?:tak(?:es?|en|ing) (?:in|out|over)|took (?:in|over)|"
    r"set(?:s|ting)? aside)\b",
    "as it is, as they came": r"\bas (?:it|they) (?:is|are|was|were|came|comes?)\b",
    "hold for 'contain'": r"\b(?:holds|held)\b",
    "nobody, somebody, whoever": r"\b(?:nobody|somebody|whoever)\b",
    "lie for 'be'": r"\b(?:lies|lay|lie)\b",
    "there is none": r"\b(?:(?:is|are|has|have) (?-i:none)|there is nothing)\b",
    "alone for 'only'": r"\balone\b",
    "of which, in which": r"\b(?:of|in|from|by|at|to) which\b",
    "anew": r"\banew\b",
    "any more, of its own": r"\b(?:any more|at one go|of (?:its|their|one's) own)\b",
}
_PATTERNS: Final = {name: re.compile(text, re.IGNORECASE) for name, text in _IDIOMS.items()}
_DIRECTIVE: Final = re.compile(r"#\s*(?:noqa|type:|pragma)")
_PYTHON_COMMENT: Final = re.compile(
    r"""(?P<quotes>\"{3}|'{3})(?:\\.|(?!(?P=quotes)).)*(?P=quotes)"""
    r"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?P<comment>\#[^\n]*)""",
    re.DOTALL,
)
"""A string, in which a number sign begins no comment, or a comment."""
_SCRIPT_COMMENT: Final = re.compile(
    r"/\*\*?([\s\S]*?)\*/|^\s*//(?! biome)(.*)$",
    re.MULTILINE,
)
_SCRIPT_TEST: Final = re.compile(r"^\s*(?:it|test)\((['\"`])(.*?)\1", re.MULTILINE)
_BLOCK_MARGIN: Final = re.compile(r"^\s*\*\s?", re.MULTILINE)


class Finding(NamedTuple):
    """One idiom, at a line of a file."""

    path: Path
    idiom: str
    text: str


def main() -> int:
    """Print the idioms if there are too many of them; return the exit code."""
    words, findings = 0, list[Finding]()
    for path in _source_files():
        prose = "\n".join(_prose(path))
        words += len(prose.split())
        findings += _findings(path, prose)
    rate = 1_000 * len(findings) / max(words, 1)
    if rate > LIMIT or "--list" in sys.argv:
        for finding in findings:
            print(f"{finding.path.relative_to(ROOT)}: {finding.idiom}: …{finding.text}…")
    print(f"{rate:.1f} idioms per 1,000 words of prose and names of tests, at most {LIMIT:.0f}")
    return int(rate > LIMIT)


def _source_files() -> Iterator[Path]:
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if path.name not in GENERATED and path != Path(__file__):
                yield path


def _findings(path: Path, prose: str) -> Iterator[Finding]:
    for idiom, pattern in _PATTERNS.items():
        for match in pattern.finditer(prose):
            context = prose[max(0, match.start() - 30) : match.end() + 30]
            yield Finding(path, idiom, " ".join(context.split()))


def _prose(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    return _python_prose(text) if path.suffix == ".py" else _script_prose(text)


def _python_prose(text: str) -> Iterator[str]:
    for match in _PYTHON_COMMENT.finditer(text):
        comment = match["comment"]
        if comment and not _DIRECTIVE.match(comment):
            yield comment.lstrip("# ")
    for node in _statements(ast.parse(text)):
        match node:
            case ast.Expr(value=ast.Constant(value=str(docstring))):
                yield docstring
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if name.startswith("test_"):
                    yield name.removeprefix("test_").replace("_", " ")


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield all statements below a node; expressions, most of a tree, are not visited."""
    for name in ("body", "handlers", "orelse", "finalbody", "cases"):
        children = getattr(node, name, ())
        for child in children if isinstance(children, list) else ():
            yield child
            yield from _statements(child)


def _script_prose(text: str) -> Iterator[str]:
    for match in _SCRIPT_COMMENT.finditer(text):
        yield _BLOCK_MARGIN.sub("", match[1] or match[2] or "")
    for match in _SCRIPT_TEST.finditer(text):
        yield match[2]


if __name__ == "__main__":
    sys.exit(main())
