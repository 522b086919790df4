"""The kinds of files that can be imported, those first that are known by more."""

from bot.adapters.roster.clients_csv import read_clients
from bot.services.roster.reading import RosterFormat

FORMATS = (RosterFormat(said="a list of clients", recognises=lambda _: True, read=read_clients),)
