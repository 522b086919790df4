"""Rich text: bold lines and lists with names in them, which need no escaping."""

from collections.abc import Sequence

from bot.views.blocks import Json


def _text(text: str, *, bold: bool = False) -> Json:
    element: Json = {"type": "text", "text": text}
    if bold:
        element["style"] = {"bold": True}
    return element


def heading(text: str) -> Json:
    """Return one bold line, smaller than a header."""
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [_text(text, bold=True)]}],
    }


def paragraph(text: str) -> Json:
    """Return one paragraph."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [_text(text)]}]}


def listing(rows: Sequence[tuple[str, str]], *, ordered: bool = False) -> Json:
    """Return a list; of each row the first part is bold, the second is not. Rows must not be empty."""
    items: list[Json] = []
    for strong, rest in rows:
        parts: list[Json] = []
        if strong:
            parts.append(_text(strong, bold=True))
        if rest:
            parts.append(_text(rest))
        items.append({"type": "rich_text_section", "elements": parts or [_text(" ")]})
    return {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_list", "style": "ordered" if ordered else "bullet", "elements": items}
        ],
    }
