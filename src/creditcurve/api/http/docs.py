"""A page to read the contract on: plain HTML, no script, nothing from another host."""

import html
import json
import re
from collections.abc import Iterable
from typing import Any

_STYLE = """
:root {
  color-scheme: light dark; font: 15px/1.6 system-ui, "PingFang SC", sans-serif;
  --ground: light-dark(#f7f7f8, #0b0c0e); --surface: light-dark(#fff, #121316);
  --line: light-dark(#e5e5e9, #25262b); --ink: light-dark(#18181b, #ededf0);
  --muted: light-dark(#575761, #a6a7b1); --accent: light-dark(#4a55cf, #8f99ff);
}
* { box-sizing: border-box }
html { scroll-padding-top: 1rem }
body { margin: 0; background: var(--ground); color: var(--ink) }
.page { display: grid; grid-template-columns: 17rem minmax(0, 54rem); gap: 2.5rem;
  max-width: 80rem; margin: 0 auto; padding: 2rem 1.5rem 6rem }
nav { position: sticky; top: 2rem; align-self: start; max-height: calc(100vh - 4rem);
  overflow-y: auto; font-size: .8125rem }
nav h2 { margin: 1.2rem 0 .3rem; font-size: .75rem; color: var(--muted) }
nav ul { list-style: none; margin: 0; padding: 0 }
nav a { display: flex; gap: .6rem; padding: .15rem 0; color: var(--muted) }
nav a:hover { color: var(--ink) }
h1 { margin: 0; font-size: 1.375rem; letter-spacing: -.01em }
h2 { font-size: 1.0625rem } main > h2 { margin: 3rem 0 1rem }
p { margin: .4rem 0 .8rem } a { color: var(--accent); text-underline-offset: 3px }
nav a { text-decoration: none }
section { margin: 1rem 0; padding: 1rem 1.25rem 1.1rem; border: 1px solid var(--line);
  border-radius: 12px; background: var(--surface) }
section h3 { margin: 0; font-size: .9375rem; overflow-wrap: anywhere }
section h4 { margin: 1rem 0 .2rem; font-size: .75rem; color: var(--muted) }
code, .method { font: .8125rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace }
.method { display: inline-block; min-width: 3.4rem; font-weight: 600; color: var(--accent) }
table { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: .875rem }
td { padding: .4rem .8rem .4rem 0; vertical-align: top; border-top: 1px solid var(--line);
  overflow-wrap: anywhere }
td:first-child { width: 11.5rem }
small { color: var(--muted); font-size: .8125rem }
@media (max-width: 60rem) {
  .page { display: block; padding: 1.25rem 1rem 4rem } nav { display: none }
  td:first-child { width: 8rem }
}
"""
_CODE = re.compile(r"`([^`]+)`")


def render(document: dict[str, Any]) -> str:
    """The document as one page of HTML."""
    info = document["info"]
    title = html.escape(f"{info['title']} {info['version']} · API")
    calls = [
        (method.upper(), path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    types = document["components"]["schemas"]
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width">'
        '<link rel="icon" href="/favicon.svg">'
        f'<style>{_STYLE}</style><div class="page">{_contents(calls, types)}<main><h1>{title}</h1>'
        f"<p>{_text(info['description'])} "
        'The same as <a href="/api/openapi.json">openapi.json</a>.</p>'
        f"<h2>Calls</h2>{''.join(_call(*call) for call in calls)}"
        f"<h2>Types</h2>{''.join(_type(*each) for each in types.items())}</main></div></html>"
    )


def _contents(calls: Iterable[tuple[str, str, Any]], types: Iterable[str]) -> str:
    to_calls = "".join(
        f'<li><a href="#{_anchor(method, path)}"><span class="method">{method}</span>'
        f"{html.escape(path.removeprefix('/api'))}</a></li>"
        for method, path, _ in calls
    )
    to_types = "".join(f'<li><a href="#{name}">{name}</a></li>' for name in types)
    return f"<nav><h2>Calls</h2><ul>{to_calls}</ul><h2>Types</h2><ul>{to_types}</ul></nav>"


def _anchor(method: str, path: str) -> str:
    return html.escape(f"{method.lower()}{path.replace('/', '-')}")


def _call(method: str, path: str, operation: dict[str, Any]) -> str:
    taken = [
        (parameter["name"], _schema(parameter["schema"]))
        for parameter in operation.get("parameters", ())
    ]
    body = _contents_of(operation.get("requestBody", {}))
    answers = [
        (status, " ".join(filter(None, (_text(answer["description"]), _contents_of(answer)))))
        for status, answer in operation["responses"].items()
    ]
    return (
        f'<section id="{_anchor(method, path)}"><h3><span class="method">{method}</span> '
        f"<code>{html.escape(path)}</code></h3><p>{_text(operation['summary'])}</p>"
        f"{_table('Parameters', taken)}{_table('Body', [('', body)] if body else [])}"
        f"{_table('Answers', answers)}</section>"
    )


def _type(name: str, schema: dict[str, Any]) -> str:
    fields = [
        (field, _schema(described)) for field, described in schema.get("properties", {}).items()
    ]
    about = _text(schema.get("description", "")) if fields else _schema(schema)
    return f'<section id="{name}"><h3>{name}</h3><p>{about}</p>{_table("Fields", fields)}</section>'


def _table(title: str, rows: Iterable[tuple[str, str]]) -> str:
    written = "".join(
        f"<tr><td><code>{html.escape(name)}</code></td><td>{what}</td></tr>"
        if name
        else f"<tr><td colspan=2>{what}</td></tr>"
        for name, what in rows
    )
    return f"<h4>{title}</h4><table>{written}</table>" if written else ""


def _contents_of(part: dict[str, Any]) -> str:
    """What a body or an answer holds; its media type where that says more."""
    return " ".join(
        _kind(content["schema"]) if "$ref" in content.get("schema", {}) else f"<code>{media}</code>"
        for media, content in part.get("content", {}).items()
    )


def _schema(schema: dict[str, Any]) -> str:
    """Kind, bounds and meaning of a value."""
    notes = [
        f"{word} {html.escape(json.dumps(schema[key], ensure_ascii=False))}"
        for key, word in (("minimum", "from"), ("maximum", "to"), ("default", "by default"))
        if schema.get(key) is not None
    ]
    about = _text(schema.get("description", ""))
    return f"{_kind(schema)} <small>{' '.join(notes)}</small>{f'<br>{about}' if about else ''}"


def _kind(schema: dict[str, Any]) -> str:
    """The kind of a value in a few words; named types are links."""
    if "$ref" in schema:
        name = html.escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(_kind(each) for each in schema[several])
    if "enum" in schema:
        return " · ".join(f"<code>{html.escape(str(each))}</code>" for each in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return html.escape(str(schema.get("type", "any")))


def _text(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", html.escape(text))
