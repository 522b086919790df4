"""What the code promises of its own shape, checked: a rule without a check drifts."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_type_hints

import pytest

import bot
from bot import services
from bot.services.rights import right_needed
from bot.services.services import Services

ROOT = Path(bot.__file__).parents[1]
SOURCES = sorted(
    path
    for folder in ("bot", "storage")
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts
)
VAGUE = re.compile(r"utils?|helpers?|common|manager|misc")
MOST_LINES = 300

PLAIN_JSON = {"bot/services/snapshots.py"}
"""What the history keeps is plain JSON by its nature."""


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_point_inwards() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run(  # noqa: S603 - the linter beside this very Python
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_no_file_is_long() -> None:
    long = {
        name(path): lines for path in SOURCES if (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_every_file_is_named_for_what_it_holds() -> None:
    vague = [name(path) for path in SOURCES for part in path.parts[-2:] if VAGUE.fullmatch(Path(part).stem)]
    assert vague == []


@pytest.mark.parametrize("folder", ["views", "handlers", "app"])
def test_no_text_is_mrkdwn(folder: str) -> None:
    sources = (path for path in SOURCES if path.is_relative_to(ROOT / "bot" / folder))
    texts = [
        name(path)
        for path in sources
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value == "mrkdwn"
    ]
    assert texts == []


@pytest.mark.parametrize("folder", ["domain", "services", "views", "handlers", "app"])
def test_no_shapeless_dictionary_passes_the_handlers(folder: str) -> None:
    shapeless = [
        name(path)
        for path in SOURCES
        if path.is_relative_to(ROOT / "bot" / folder)
        and name(path) not in PLAIN_JSON
        and re.search(r"\bAny\b", path.read_text())
    ]
    assert shapeless == []


def test_only_the_parser_and_what_answers_in_front_of_bolt_see_a_payload() -> None:
    seeing = {
        path.name
        for folder in ("handlers", "app")
        for path in (ROOT / "bot" / folder).glob("*.py")
        if re.search(r"\bbody: (Mapping|dict)\[str, object\]", path.read_text())
    }
    assert seeing == {"interaction.py", "bolt_app.py"}


WITHOUT_AN_ACTOR = {
    "Staff.admit",  # It is what finds out who acts, and which rights they have.
    "Staff.sight_in_messages",  # It is what finds out whether somebody may be told what nobody asked for.
    "Summaries.sent",  # Where a message stands, known when nobody acts any more; it is about nobody.
    "Summaries.due",
    "Summaries.deleted",
    "InForce.read",  # What finding out somebody's rights needs, and mail that nobody is at the desk for.
    "Audit.exported",  # It records what somebody did whose right was asked for, and shows nothing.
    "Audit.settings_changed",  # The same.
    "Audit.drain",  # It writes what was recorded.
    "Deliveries.take_up",  # What Slack delivers is known again before anybody is known.
    "Notices.queue",  # Whoever sends a notice was asked at the door: a token, a mail server's password.
    # The worker acts for nobody: it sends what was queued.
    "Outbox.open_due",
    "Announcing.due",
    "Announcing.told",
    "Announcing.hand_on",
    "Outbox.claim",
    "Outbox.ready",
    "Outbox.settle",
    "Outbox.still_holds",
    "Outbox.take",
    "Outbox.forget_content",
    "Outbox.put_back",
    "Outbox.recover",
    "Bounces.report",  # A mail server reports it, to a return path that nobody guesses.
    "MailIntake.take",  # The mail server that hands a mail in was asked for its password.
    "ApiTokens.recognise",  # It is what finds out whose token it is.
    "ApiTokens.any_counts",  # It says only whether there is a door.
    "Unsubscribing.preview",  # Whoever has the token in a mail may stop what comes with it.
    "Unsubscribing.stop",
}
"""Methods of services that nobody's right is asked for, and why."""


def service_classes() -> Iterator[type]:
    """Yield every class of the services, the ports left out: these are asked by services only."""
    for module in pkgutil.walk_packages(services.__path__, "bot.services."):
        if not module.name.startswith("bot.services.ports"):
            imported = importlib.import_module(module.name)
            for _, found in inspect.getmembers(imported, inspect.isclass):
                if found.__module__ == module.name:
                    yield found


def acts_of(service: type) -> Iterator[tuple[str, Callable[..., object]]]:
    for method_name, method in inspect.getmembers(service, inspect.iscoroutinefunction):
        if not method_name.startswith("_"):
            yield f"{service.__name__}.{method_name}", method


def test_every_method_that_somebody_acts_through_asks_for_a_right() -> None:
    acts = {
        what: method
        for service in service_classes()
        for what, method in acts_of(service)
        if "actor" in inspect.signature(method).parameters
    }
    assert "Relationships.unlink" not in acts
    assert "Relationships.remove" in acts
    forgetting = {what for what, method in acts.items() if right_needed(method) is None} - WITHOUT_AN_ACTOR
    assert forgetting == set(), "put @needs(Right...) above these, see bot/services/rights.py"


def test_every_service_that_is_handed_out_knows_who_acts() -> None:
    handed_out = [kind for kind in get_type_hints(Services).values() if kind in set(service_classes())]
    unasked = {what for kind in handed_out for what, method in acts_of(kind) if right_needed(method) is None}
    assert unasked <= WITHOUT_AN_ACTOR, "who acts is the first argument of a service's method"
