"""A page to read the contract on: plain HTML, no script, nothing from another host."""

import html
import json
from typing import Any

_STYLE = """
:root { color-scheme: light dark; font: 15px/1.6 system-ui, "PingFang SC", sans-serif }
body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1rem; margin: 2.2rem 0 .3rem }
code, pre { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace }
pre { overflow-x: auto; padding: .8rem 1rem; border: 1px solid #8884; border-radius: 8px }
table { border-collapse: collapse; width: 100% }
td { padding: .3rem .8rem .3rem 0; vertical-align: top; border-top: 1px solid #8883 }
.method { display: inline-block; min-width: 4.2rem; font-weight: 600 }
"""


def render(document: dict[str, Any]) -> str:
    """The document as one page of HTML."""
    calls = "".join(
        _call(method.upper(), path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    )
    types = "".join(
        f'<h2 id="{html.escape(name)}">{html.escape(name)}</h2>'
        f"<pre>{html.escape(json.dumps(schema, indent=2, ensure_ascii=False))}</pre>"
        for name, schema in document["components"]["schemas"].items()
    )
    title = html.escape(f"{document['info']['title']} {document['info']['version']}")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title} · API</title>'
        '<meta name="viewport" content="width=device-width">'
        '<link rel="icon" href="/favicon.svg">'
        f"<style>{_STYLE}</style><main><h1>{title} · API</h1>"
        f"<p>{html.escape(document['info']['description'])} "
        'The same as <a href="/api/openapi.json">openapi.json</a>.</p>'
        f"{calls}<h1>Types</h1>{types}</main></html>"
    )


def _call(method: str, path: str, operation: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{html.escape(parameter['name'])}</code></td>"
        f"<td>{html.escape(_description(parameter['schema']))}</td></tr>"
        for parameter in operation.get("parameters", ())
    )
    rows += "".join(
        f"<tr><td>{status}</td><td>{html.escape(answer['description'])} {_types(answer)}</td></tr>"
        for status, answer in operation["responses"].items()
    )
    return (
        f'<h2><span class="method">{method}</span><code>{html.escape(path)}</code></h2>'
        f"<p>{html.escape(operation['summary'])}</p><table>{rows}</table>"
    )


def _description(schema: dict[str, Any]) -> str:
    text = schema.get("description")
    return str(text) if text else json.dumps(schema, ensure_ascii=False)


def _types(answer: dict[str, Any]) -> str:
    names = [
        content["schema"].get("$ref", "").rpartition("/")[2]
        for content in answer.get("content", {}).values()
    ]
    return " ".join(
        f'<a href="#{html.escape(name)}">{html.escape(name)}</a>' for name in names if name
    )
