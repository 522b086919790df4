"""The client."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "client.born": "born {year}",
    "client.new_title": "New client",
    "client.edit_title": "Edit client",
    "client.edit_about": "You are editing {client}. Linked clients see the new name, e-mail and phones at once.",
    "client.added": "{name} was added.",
    "client.edited": "The details of {name} were saved.",
    "client.unchanged": "Nothing had changed, so nothing was saved.",
    "owners.open": "Responsible staff",
    "owners.title": "Responsible staff",
    "owners.label": "Who is responsible for {client}?",
    "owners.hint": (
        "They are told when somebody's sharing stops or changes. With nobody here, those are told whom the settings name."
    ),
    "owners.saved": "The responsible staff were saved.",
    "owners.too_many": "At most {max} people, please.",
    "owners.are": "Responsible: {names}",
    "status.active": "Active",
    "status.archived": "Archived",
    "status.deceased": "Deceased",
    "status.deceased_on": "Deceased {day}",
    "field.first_name": "First name",
    "field.last_name": "Last name",
    "field.preferred_name": "Preferred name",
    "field.own_id": "Your practice's id",
    "field.own_id_hint": "The number or code your practice already uses for this client.",
    "field.birth_date": "Birth date",
    "field.date_hint": "For example 1984-03-31, 3/31/1984 or 31 Mar 1984.",
    "field.email": "E-mail",
    "field.phones": "Phones",
    "field.phones_hint": "One on each line. You can put mobile, home or work in front.",
    "field.status": "Status",
    "field.deceased_on": "Died on",
    "field.language": "Preferred language",
}
