"""The kinds of files that can be imported, those first that are known by more."""

from collections.abc import Iterator
from typing import BinaryIO

from bot.adapters.roster.clients_csv import read_clients
from bot.adapters.roster.families_csv import read_families
from bot.adapters.roster.family_columns import is_families
from bot.adapters.roster.fhir_resources import is_fhir
from bot.services.roster.reading import Read, ReadingChoices, RosterFormat


def _read_fhir(file: BinaryIO, name: str, choices: ReadingChoices) -> Iterator[Read]:
    from bot.adapters.roster.fhir_reading import read_fhir  # noqa: PLC0415 - its models take a quarter of a second

    return read_fhir(file, name, choices)


FORMATS = (
    RosterFormat(said="FHIR", recognises=is_fhir, read=_read_fhir),
    RosterFormat(said="a list of links and contacts", recognises=is_families, read=read_families),
    RosterFormat(said="a list of clients", recognises=lambda _: True, read=read_clients),
)
