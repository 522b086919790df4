"""Problems of a form as Slack wants them: keyed by the input block they stand under."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.errors import (
    AddressInUse,
    AlreadyKnown,
    AlreadyLinked,
    AlreadyRemoved,
    AlreadyUndone,
    BecameClient,
    ChangedSince,
    Field,
    KinwardError,
    LikelyDuplicates,
    Problem,
)
from bot.views.ids import BlockId
from bot.views.sentences import say

_BLOCKS: Mapping[Field, tuple[BlockId, ...]] = {
    Field.FIRST_NAME: (BlockId.FIRST_NAME,),
    Field.LAST_NAME: (BlockId.LAST_NAME, BlockId.FIRST_NAME),
    Field.PREFERRED_NAME: (BlockId.PREFERRED_NAME,),
    Field.OWN_ID: (BlockId.OWN_ID,),
    Field.BIRTH_DATE: (BlockId.BIRTH_DATE,),
    Field.EMAIL: (BlockId.EMAIL, BlockId.SHARING_SCOPE),
    Field.PHONE: (BlockId.PHONES, BlockId.ROLES),
    Field.STATUS: (BlockId.STATUS,),
    Field.DECEASED_ON: (BlockId.DECEASED_ON, BlockId.STATUS),
    Field.LANGUAGE: (BlockId.LANGUAGE,),
    Field.CLIENT: (BlockId.DUPLICATES, BlockId.KNOWN, BlockId.LINK_OTHER, BlockId.SEARCH, BlockId.LINK_MODE),
    Field.RELATIONSHIP: (BlockId.RELATIONSHIP,),
    Field.OWN_WORDS: (BlockId.OWN_WORDS, BlockId.RELATIONSHIP),
    Field.INVERSE_WORDS: (BlockId.INVERSE_WORDS, BlockId.OWN_WORDS, BlockId.RELATIONSHIP),
    Field.ROLES: (BlockId.ROLES,),
    Field.DOCUMENT: (BlockId.ROLES, BlockId.BARRED_DOCUMENT),
    Field.POSITION: (BlockId.POSITION, BlockId.ROLES),
    Field.SHARING: (BlockId.SHARING_SCOPE,),
    Field.REVERSE_SHARING: (BlockId.REVERSE_SCOPE,),
    Field.BASIS: (BlockId.SHARING_BASIS, BlockId.SHARING_SCOPE),
    Field.REVERSE_BASIS: (BlockId.REVERSE_BASIS, BlockId.REVERSE_SCOPE),
    Field.EXPIRES_ON: (
        BlockId.SHARING_EXPIRES,
        BlockId.SHARING_BASIS,
        BlockId.SHARING_SCOPE,
        BlockId.BARRED_EXPIRES,
    ),
    Field.REVERSE_EXPIRES_ON: (BlockId.REVERSE_EXPIRES, BlockId.REVERSE_BASIS, BlockId.REVERSE_SCOPE),
    Field.REASON: (BlockId.REASON, BlockId.BARRED_CLASS),
    Field.RELATION: (BlockId.RELATION,),
    Field.LAST_DAY: (BlockId.TRAIL_UNTIL,),
    Field.OFFICER: (BlockId.OFFICER,),
    Field.PLAN: (BlockId.PLAN,),
    Field.PRACTICE_NAME: (BlockId.PRACTICE_NAME,),
    Field.PRACTICE_PHONE: (BlockId.PRACTICE_PHONE,),
    Field.ZONE: (BlockId.ZONE,),
    Field.ADULT_AT: (BlockId.ADULT_AT,),
    Field.RESPONSIBLE: (BlockId.RESPONSIBLE,),
    Field.OWNERS: (BlockId.OWNERS,),
    Field.SUMMARY_DAYS: (BlockId.SUMMARY_DAYS,),
    Field.RECORD_YEARS: (BlockId.RECORD_YEARS,),
    Field.HOLDER: (BlockId.PERSON, BlockId.GROUP, BlockId.STAFF_ROLES),
    Field.STAFF_ROLES: (BlockId.STAFF_ROLES,),
}


_WITHOUT_NAMES: Mapping[type[KinwardError], str] = {
    AlreadyLinked: "error.changed_meanwhile",
    AlreadyRemoved: "error.not_found",
    AlreadyUndone: "error.already_undone_plain",
    BecameClient: "error.became_client_plain",
    ChangedSince: "error.changed_since_plain",
    LikelyDuplicates: "error.invalid_input",
    AddressInUse: "error.invalid_input",
    AlreadyKnown: "error.invalid_input",
}
"""Errors that carry clients: a form answers them with names, everything else with these sentences."""


def sentence_of(error: KinwardError) -> str:
    """Return the sentence of an error that is about no single field; it names no client."""
    return say(_WITHOUT_NAMES.get(type(error), error.key))


def field_errors(problems: Iterable[Problem], inputs: Sequence[str]) -> dict[str, str]:
    """Return the sentences by input block.

    A key that is no input of the view makes Slack show nothing but "trouble connecting". So a problem of a
    field that the view does not have stands under the nearest one it has, at last under the first input.

    Args:
        problems: what is wrong.
        inputs: the block ids of the view's inputs, from top to bottom.
    """
    found: dict[str, list[str]] = {}
    for problem in problems:
        block = next((each for each in _BLOCKS[problem.field] if each in inputs), inputs[0] if inputs else "")
        found.setdefault(str(block), []).append(say(problem.key, **problem.values))
    return {block: " ".join(sentences) for block, sentences in found.items()}
