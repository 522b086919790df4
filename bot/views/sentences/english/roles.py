"""Roles."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "roles.title": "Roles",
    "roles.label": "Roles",
    "roles.hint": "Tick what was agreed. No role follows from a relationship or from another role.",
    "roles.about": "What {name} may or should do for {client}.",
    "roles.position": "Place among the emergency contacts",
    "roles.position_typed": "Place among the emergency contacts, from 1 to {count}",
    "roles.position_of": "{position} of {count}",
    "roles.needs_phone": "{name} has no phone. An emergency contact needs one: add it under Edit first.",
    "roles.paper_document": "{role}: document or file number",
    "roles.paper_from": "{role}: from",
    "roles.paper_until": "{role}: until",
    "roles.dates": "{role}: the last day comes before the first one.",
    "roles.never_inferred": "Roles change no access and share no e-mails.",
    "roles.changed": "The roles of {name} were saved.",
    "roles.last_emergency_contact": "There is no emergency contact on this account any more.",
    "role.emergency_contact": "Emergency contact",
    "role.emergency_contact_about": "Needs a phone number",
    "role.legal_guardian": "Legal guardian",
    "role.guardian_ad_litem": "Guardian ad litem",
    "role.healthcare_proxy": "Health-care proxy or power of attorney",
    "role.caregiver": "Caregiver",
    "role.next_of_kin": "Next of kin",
    "role.payer": "Payer",
    "role.from": "from {day}",
    "role.until": "until {day}",
}
