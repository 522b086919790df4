"""Many keys in one value: the same statement for two of them and for two thousand, made once.

With a value for each key SQLAlchemy writes a statement of thousands of parameters anew each time, which takes
longer than the database does.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select

from storage.column_types import Words
from storage.json_texts import each_text


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return that a column is one of some texts; `name` is that of the value, which `key_list` makes."""
    keys = each_text(bindparam(name, type_=Words)).table_valued("value")
    return column.in_(select(keys.c.value))


def key_list(keys: Collection[str]) -> str:
    """Return texts as the one value that `among` takes, each once and in order."""
    return json.dumps(sorted(set(keys)), ensure_ascii=False)
