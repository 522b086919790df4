"""The relationship service: one client's family and contacts, kept straight from either side."""

from bot.services.contacts import KeepingContacts
from bot.services.conversion import BecomingClients
from bot.services.linking import Linking
from bot.services.removal import Removing
from bot.services.roles import KeepingRoles
from bot.services.sharing import SharingMail
from bot.services.undo import Undoing


class Relationships(Linking, KeepingContacts, BecomingClients, KeepingRoles, SharingMail, Removing, Undoing):
    """Everything staff do with links and contacts; each method is one transaction.

    A change leaves one entry in the history of each client, link and contact that it changes, in the same
    transaction; finding everything as wanted already leaves none. A submission's key makes its repetition
    harmless (R11).
    """
