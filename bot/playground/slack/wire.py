"""The type of what travels: JSON objects, as Slack sends and receives them."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
