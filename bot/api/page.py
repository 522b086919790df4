"""The OpenAPI document as a page to read, without any script and without anything from elsewhere."""

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --code: #8882; --accent: #0b5c4a; }
@media (prefers-color-scheme: dark) { :root { --accent: #5cc9ae; } }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.75rem; } h2 { font-size: 1.2rem; margin-top: 2.75rem; } h3 { font-size: 1rem; }
code, pre { font: .9em/1.5 ui-monospace, monospace; background: var(--code); border-radius: .25rem; }
code { padding: .1em .3em; overflow-wrap: anywhere; } pre { padding: .9rem 1rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; }
td, th { border-bottom: 1px solid var(--line); }
.method { color: var(--accent); font-weight: 700; }
.wide { overflow-x: auto; }
"""

_EXAMPLE = """curl https://kinward.example.org/v1/notifications \\
  -H 'Authorization: Bearer kwt_...' \\
  -H 'Idempotency-Key: reminder-2026-03-02-K-1006' \\
  -H 'Content-Type: application/json' \\
  -d '{"client": "K-1006", "category": "appointments",
       "subject": "Your appointment on Monday",
       "text": "We look forward to seeing you on Monday at 10."}'"""


def page_of(document: Mapping[str, Any]) -> str:
    """Return the page, in HTML."""
    info = document["info"]
    operations = "".join(
        _operation(document, method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(info['title'])}: the HTTP interface</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(info['title'])}: the HTTP interface</h1>"
        f"{_words(info['description'])}"
        '<p>The same for programs: <a href="openapi.json">the OpenAPI document</a>. Whatever goes wrong is'
        " answered with a problem document (RFC 9457), <code>application/problem+json</code>, that never"
        " repeats what was sent.</p>"
        f"<h2>An example</h2><pre>{escape(_EXAMPLE)}</pre>{operations}</main></body></html>"
    )


def _operation(document: Mapping[str, Any], method: str, path: str, operation: Mapping[str, Any]) -> str:
    parts = [
        f'<h2><span class="method">{escape(method.upper())}</span> <code>{escape(path)}</code></h2>',
        f"<p><strong>{escape(operation['summary'])}.</strong></p>{_words(operation.get('description', ''))}",
    ]
    rows = [(each["name"], each) for each in operation.get("parameters", ())]
    if rows:
        parts.append(_table("Parameters", (_parameter(document, name, each) for name, each in rows)))
    body = operation.get("requestBody")
    if body is not None:
        parts += _shape(document, "Body, as JSON", body["content"]["application/json"]["schema"])
    for status, answer in operation["responses"].items():
        schema = answer.get("content", {}).get("application/json", {}).get("schema")
        if schema is not None and status.startswith("2"):
            parts += _shape(document, f"Answer {status}", schema)
    refusals = ", ".join(f"{status} {answer['description']}" for status, answer in _refusals(operation))
    parts.append(f"<p>Refusals: {escape(refusals)}.</p>")
    return "".join(parts)


def _refusals(operation: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((status, answer) for status, answer in operation["responses"].items() if status >= "400")


def _shape(
    document: Mapping[str, Any], caption: str, schema: Mapping[str, Any], *, within: str = ""
) -> Iterator[str]:
    """Yield a table of a shape's fields, and one for each shape within it."""
    shape = _resolved(document, schema)
    needed = shape.get("required", ())
    fields = shape.get("properties", {})
    yield _table(
        caption,
        (
            (f"{within}{name}", _kind(document, field), _note(document, field, needed=name in needed))
            for name, field in fields.items()
        ),
    )
    for name, field in fields.items():
        items = _resolved(document, field).get("items")
        if items is not None and "$ref" in items:
            yield from _shape(document, f"Each of {within}{name}", items, within=f"{name}[].")


def _table(caption: str, rows: Iterator[tuple[str, str, str]]) -> str:
    body = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{escape(kind)}</td><td>{escape(note)}</td></tr>"
        for name, kind, note in rows
    )
    return (
        f'<div class="wide"><table><caption>{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">What it is</th></tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def _parameter(document: Mapping[str, Any], name: str, each: Mapping[str, Any]) -> tuple[str, str, str]:
    schema = {**each["schema"], "description": each.get("description", each["schema"].get("description", ""))}
    note = _note(document, schema, needed=each.get("required", False))
    return name, f"{each['in']}, {_kind(document, schema)}", note


def _kind(document: Mapping[str, Any], field: Mapping[str, Any]) -> str:
    known = _resolved(document, field)
    if "anyOf" in known:
        return " or ".join(_kind(document, each) for each in known["anyOf"])
    if "enum" in known:
        return "one of: " + ", ".join(map(str, known["enum"]))
    kind = str(known.get("format") or known.get("type", "anything"))
    if known.get("contentEncoding"):
        return str(known["contentEncoding"])
    if kind == "array":
        return f"list of {known['items'].get('$ref', '').rpartition('/')[2] or 'values'}"
    return f"{kind}, at most {known['maxLength']:,}" if "maxLength" in known else kind


def _note(document: Mapping[str, Any], field: Mapping[str, Any], *, needed: bool) -> str:
    note = str(field.get("description") or _resolved(document, field).get("description", ""))
    default = field.get("default")
    parts = [note, "Needed." if needed else f"{json.dumps(default)} unless given." if default else ""]
    return " ".join(part for part in parts if part)


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a schema itself, where it is only referred to."""
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Mapping[str, Any] = document["components"]["schemas"][name] if name else schema
    return found


def _words(text: str) -> str:
    """Return text with what stands between backquotes as code, a paragraph for each."""
    shown = []
    for paragraph in text.split("\n\n"):
        pieces = escape(paragraph).split("`")
        marked = "".join(
            f"<code>{piece}</code>" if place % 2 else piece for place, piece in enumerate(pieces)
        )
        shown.append(f"<p>{marked}</p>")
    return "".join(shown)
