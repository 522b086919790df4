"""Every service in one value, as handlers and commands are given them."""

from dataclasses import dataclass
from datetime import tzinfo

from bot.services.client_import import ClientImport
from bot.services.clients import Clients
from bot.services.deliveries import Deliveries
from bot.services.history import HistoryReader
from bot.services.ports import Clock
from bot.services.relationships import Relationships
from bot.services.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the desk can ask for, and the practice's clock."""

    clients: Clients
    relationships: Relationships
    history: HistoryReader
    client_import: ClientImport
    staff: Staff
    deliveries: Deliveries
    clock: Clock
    zone: tzinfo
