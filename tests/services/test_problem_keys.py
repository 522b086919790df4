import ast
from pathlib import Path

import bot
from bot.services.problem_keys import VALUES_OF_IMPORT_KEY, VALUES_OF_KEY

SOURCES = Path(bot.__file__).parent
SEEN_IN_A_FORM = {"group.needed": "handlers/settings.py", "trail.ends_first": "views/trail_form.py"}
"""What is noted where a form is read, before any service is asked."""


def notes_in(source: str) -> dict[str, set[tuple[str, ...]]]:
    """Every `findings.add(field, "key", value=...)` with the names of its values."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr == "add" and len(node.args) == 2 and isinstance(node.args[1], ast.Constant):
            names = tuple(str(keyword.arg) for keyword in node.keywords)
            found.setdefault(str(node.args[1].value), set()).add(names)
    return found


def test_every_problem_the_services_note_is_in_the_table_with_its_values() -> None:
    noted: dict[str, set[tuple[str, ...]]] = {}
    for path in (SOURCES / "services").glob("*.py"):
        for key, names in notes_in(path.read_text()).items():
            noted.setdefault(key, set()).update(names)
    # The own id is found taken where it is stored.
    noted["own_id.taken"] = {("name",)}
    for key, place in SEEN_IN_A_FORM.items():
        assert f'"{key}"' in (SOURCES / place).read_text()
        noted[key] = {()}
    assert noted == {key: {values} for key, values in VALUES_OF_KEY.items()}


def test_every_key_of_the_import_is_given_somewhere() -> None:
    paths = (SOURCES / "services/roster", SOURCES / "adapters/roster")
    source = "".join(path.read_text() for folder in paths for path in folder.glob("*.py"))
    assert not [key for key in VALUES_OF_IMPORT_KEY if f'"{key}"' not in source]
    assert not set(VALUES_OF_IMPORT_KEY) & set(VALUES_OF_KEY)
