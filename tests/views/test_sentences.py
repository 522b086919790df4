"""The catalogue: every key that is used is in it, every key in it is used, and each has its values."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import bot
from bot.domain import errors as domain_errors
from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.errors import Field, InvalidInput, KinwardError, Problem
from bot.domain.history import UNDOABLE, Act, Kind
from bot.domain.kinship import Kinship, Word
from bot.domain.likeness import Likeness
from bot.domain.must_not_receive import RestrictionClass
from bot.domain.notice import NoticeCategory
from bot.domain.person import PersonDetails
from bot.domain.phone import PhoneLabel
from bot.domain.recipients import Reason, RecipientKind
from bot.domain.roles import Role
from bot.domain.settings import Display, Plan
from bot.domain.sharing import Basis, Category
from bot.domain.staff import Surface
from bot.domain.staff_role import StaffRole
from bot.services.problem_keys import VALUES_OF_KEY
from bot.views.commands import COMMANDS
from bot.views.errors import field_errors, sentence_of
from bot.views.ids import Purpose
from bot.views.link_form import LinkMode
from bot.views.questions import AddressAnswer
from bot.views.sentences import say
from bot.views.sentences.english import SENTENCES, SUBJECTS
from bot.views.settings_forms import Windows
from bot.views.sharing_fields import Scope

SETTINGS_FIELDS = (
    "practice_name",
    "practice_phone",
    "adult_at",
    "responsible",
    "record_years",
    "summary_days",
)
SOURCES = [
    *Path(bot.__file__).parent.glob("views/*.py"),
    *Path(bot.__file__).parent.glob("handlers/*.py"),
    *Path(bot.__file__).parent.glob("app/*.py"),
    *Path(bot.__file__).parent.glob("domain/*.py"),
]

# What stands in the braces of a key that is put together: `say(f"kinship.{kinship}")`.
FAMILIES: dict[str, tuple[str, ...]] = {
    "kinship.*": tuple(Kinship),
    "word.*": tuple(Word),
    "status.*": tuple(ClientStatus),
    "role.*": tuple(Role),
    "category.*": tuple(Category),
    "block.*": ("whom", "address", "class", "document", "expires"),
    "block.*_hint": ("address", "document", "expires"),
    "block.class.*": tuple(RestrictionClass),
    "notice_kind.*": tuple(NoticeCategory),
    "recipient_kind.*": tuple(RecipientKind),
    "recipient_reason.*": tuple(Reason),
    "basis.*": tuple(Basis),
    "phone.*": tuple(PhoneLabel),
    "sharing.scope.*": tuple(Scope),
    "link.mode.*": tuple(LinkMode),
    "find.purpose.*": tuple(Purpose),
    "choose.*": (Purpose.SHARE, Purpose.UNLINK),
    "choose.title_*": (Purpose.SHARE, Purpose.UNLINK),
    "question.address_*": tuple(each.name.lower() for each in AddressAnswer),
    "roles.paper_*": ("document", "from", "until"),
    "removal.title_*": ("link", "contact"),
    "removal.submit_*": ("link", "contact"),
    "removal.stays_*": ("link", "contact"),
    "removal.added_on_*": ("link", "contact"),
    "menu.remove_*": ("link", "contact"),
    "history.*": tuple(Act),
    "undo.done.*": tuple(UNDOABLE),
    "surface.*": tuple(each for each in Surface if not each.startswith("slack_")),
    "part.*": ("relationship", "roles", "sharing", "position", "ends_on", "removal", "owners"),
    "field.*": tuple({field.name for kind in (ClientDetails, PersonDetails) for field in fields(kind)}),
    "alike.*": tuple(Likeness),
    "plan.*": (Plan.CONFIRMED, Plan.NOT_COVERED),
    "plan.*_about": (Plan.CONFIRMED, Plan.NOT_COVERED),
    "settings.plan_*": tuple(Plan),
    "settings.display_*": tuple(Display),
    "staff_role.*": tuple(StaffRole),
    "staff_role.*_about": tuple(StaffRole),
    "settings.*": SETTINGS_FIELDS,
    "settings.*_hint": SETTINGS_FIELDS,
    "picker.*": ("person", "people"),
    "display.*": tuple(Display),
    "display.*_about": tuple(Display),
    "windows.*": tuple(Windows),
    "trail.kind_*": tuple(Kind),
    "trail.who_*": tuple(RecipientKind),
    "trail.field_*": ("kinds", "staff", "client", "since", "until"),
    "windows.*_about": tuple(Windows),
}


def strings_in(tree: ast.AST) -> Iterator[str]:
    """Yield every text in the code, those with braces with a star in place of each."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)


def said_in(tree: ast.AST) -> Iterator[str]:
    """Yield what `say` is called with, as far as it stands there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            yield from strings_in(node.args[0])


@cache
def trees() -> list[ast.Module]:
    """Return what the sources say, read once and where it is asked for."""
    return [ast.parse(path.read_text()) for path in SOURCES]


def strings() -> set[str]:
    return {text for tree in trees() for text in strings_in(tree)}


def said() -> set[str]:
    return {text for tree in trees() for text in said_in(tree)}


def expanded(key: str) -> Iterator[str]:
    if "*" not in key:
        yield key
        return
    for each in FAMILIES[key]:
        yield key.replace("*", each)


def test_every_key_that_is_said_is_in_the_catalogue() -> None:
    # A part of a key that is put together, such as "kinship.", is no key.
    keys = {text for text in said() if "." in text and not text.endswith((".", "_"))}
    missing = {key for text in keys for key in expanded(text) if key not in SENTENCES}
    assert missing == set()
    assert len(keys) > 100


def test_every_key_in_the_catalogue_is_used() -> None:
    used = {key for text in strings() if text in FAMILIES for key in expanded(text)}
    used |= {key for text in strings() if text in SENTENCES for key in (text,)}
    used |= set(VALUES_OF_KEY) | {command.what for command in COMMANDS}
    assert set(SENTENCES) - used == set()


def test_every_family_of_keys_is_used() -> None:
    assert set(FAMILIES) - said() == set()


def test_one_stop_at_the_end_is_enough() -> None:
    assert say("history.client.added", client="M. L.") == "M. L. was added as a client."
    assert say("staff.recipients_changed", by="Ana", client="M. L.").endswith("the e-mails of M. L.")


def values_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize(("key", "values"), VALUES_OF_KEY.items())
def test_every_problem_has_a_sentence_with_its_values(key: str, values: tuple[str, ...]) -> None:
    assert values_of(SENTENCES[key]) <= set(values)
    problem = Problem(field=Field.EMAIL, key=key, values=dict.fromkeys(values, "VALUE"))
    (sentence,) = field_errors([problem], ["reach.email"]).values()
    assert sentence
    assert "{" not in sentence


def every_error() -> Iterator[type[KinwardError]]:
    for kind in vars(domain_errors).values():
        if isinstance(kind, type) and issubclass(kind, KinwardError) and kind is not KinwardError:
            yield kind


@pytest.mark.parametrize("kind", [*every_error()], ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_sentence_that_needs_nothing_that_it_carries(kind: type[KinwardError]) -> None:
    # What an error carries may name a client, so its sentence must do without.
    sentence = sentence_of(kind.__new__(kind))
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_a_problem_stands_under_the_nearest_input_that_the_view_has() -> None:
    problem = Problem(field=Field.EXPIRES_ON, key="basis.expiry_past")
    error = InvalidInput(problem, Problem(field=Field.EMAIL, key="email.invalid"))
    sentences = (say("basis.expiry_past"), say("email.invalid"))
    assert field_errors(error.problems, ["name.first", "sharing.basis", "reach.email"]) == {
        "sharing.basis": sentences[0],
        "reach.email": sentences[1],
    }
    assert field_errors(error.problems, ["name.first"]) == {"name.first": " ".join(sentences)}


@pytest.mark.parametrize("field", Field)
def test_every_field_has_a_place(field: Field) -> None:
    assert field_errors([Problem(field=field, key="name.needed")], ["somewhere"]) == {
        "somewhere": say("name.needed")
    }


def test_every_key_stands_in_one_file_only() -> None:
    assert sum(map(len, SUBJECTS)) == len(SENTENCES)


def test_sentences_are_written_with_care() -> None:
    careless = {
        key: text
        for key, text in SENTENCES.items()
        if text != text.strip() or "  " in text or "!" in text or "invalid" in text.casefold()
    }
    assert careless == {}
