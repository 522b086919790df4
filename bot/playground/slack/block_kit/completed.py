"""What Slack adds to the blocks it accepts: generated ids, `emoji: true`, and the defaults it writes out."""

import copy
from typing import Any

from bot.playground.slack.block_kit.surfaces import elements_of
from bot.playground.slack.identifiers import short_id


def completed_blocks(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Copy sound blocks as Slack hands them back."""
    done = copy.deepcopy(blocks)
    for block in done:
        if not block.get("block_id"):
            block["block_id"] = short_id()
        if block["type"] == "input":
            block.setdefault("optional", False)
            block.setdefault("dispatch_action", False)
        for _, element in elements_of(block):
            if not element.get("action_id"):
                element["action_id"] = short_id()
        if block["type"] != "rich_text":
            _write_out_texts(block)
    return done


def completed_view(view: dict[str, Any]) -> dict[str, Any]:
    """Copy a sound view as Slack hands it back, without the fields only a server knows (id, hash, state)."""
    done = {**copy.deepcopy(view), "blocks": completed_blocks(view["blocks"])}
    for name in ("title", "submit", "close"):
        _write_out_texts(done.get(name))
    home = view["type"] == "home"
    done.setdefault("private_metadata", "")
    done.setdefault("callback_id", "")
    done.setdefault("external_id", "")
    done.setdefault("clear_on_close", False)
    done.setdefault("notify_on_close", False)
    done.setdefault("submit", None)
    done.setdefault("close", None)
    if home:
        done.setdefault("title", {"type": "plain_text", "text": "View Title", "emoji": True})
    return done


def _write_out_texts(value: object) -> None:
    if isinstance(value, list):
        for item in value:
            _write_out_texts(item)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text" and isinstance(value.get("text"), str):
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn" and isinstance(value.get("text"), str):
            value.setdefault("verbatim", False)
        else:
            for item in value.values():
                _write_out_texts(item)


def completed_suggestion(answer: dict[str, Any]) -> dict[str, Any]:
    """Copy the sound answer to a type-ahead with its texts written out."""
    done = copy.deepcopy(answer)
    _write_out_texts(done.get("options"))
    _write_out_texts(done.get("option_groups"))
    return done
