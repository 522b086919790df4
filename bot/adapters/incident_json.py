"""What an accounting of a misdirected mail needs, as JSON (P12)."""

import json

from bot.domain.history import HistoryEntry
from bot.services.copies import Incident


def incident_json(incident: Incident) -> str:
    """Return an incident as indented JSON with moments in UTC."""
    copy, mark = incident.copy, incident.copy.misdirected
    told = {
        "misdirected": {
            "at": mark.at.isoformat(),
            "by": mark.by,
            "by_name": mark.by_name,
            "note": mark.note,
        }
        if mark
        else None,
        "client": {
            "id": incident.client.id,
            "own_id": incident.client.details.own_id,
            "name": incident.client.name,
        },
        "recipient": {
            "kind": copy.kind.value,
            "name": copy.name,
            "address": copy.address,
            "client_id": copy.recipient_client_id,
            "person_id": copy.person_id,
            "relation_id": copy.relation_id,
        },
        "mail": {
            "id": copy.id,
            "message_id": copy.message_id,
            "category": copy.category.value,
            "subject": incident.subject,
            "attachments": list(incident.attachments),
            "basis": copy.basis.value if copy.basis else None,
            "reason": copy.reason.value,
            "queued_at": copy.queued_at.isoformat(),
            "sent_at": copy.sent_at.isoformat() if copy.sent_at else None,
            "state": copy.state.value,
            "result": copy.result,
        },
        "notice": {
            "id": copy.notice_id,
            "source": incident.source.value,
            "requested_by": incident.requested_by,
            "queued_at": incident.notice_queued_at.isoformat(),
        },
        "history_of_the_relation": [_entry(entry) for entry in incident.relation_history],
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def _entry(entry: HistoryEntry) -> dict[str, object]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "by_name": entry.by_name,
        "act": entry.act.value,
    }
