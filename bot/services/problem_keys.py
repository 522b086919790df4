"""Every key of a `Problem` that saving can give, with the names of the values of its sentence.

The catalogue of the views has one sentence for each. `name` is always the display name of the person
whom the refused field is about: who has no address, who has died, who has the own id already.
"""

from collections.abc import Mapping

VALUES_OF_KEY: Mapping[str, tuple[str, ...]] = {
    # What staff enter of a client or a contact person.
    "name.needed": (),
    "name.too_long": ("max",),
    "own_id.taken": ("name",),
    "own_id.too_long": ("max",),
    "birth_date.future": (),
    "birth_date.too_early": (),
    "email.invalid": (),
    "email.needed_for_sharing": ("name",),
    "phone.too_long": ("max",),
    "phone.too_short": (),
    "phone.too_many": ("max",),
    "contact.reach_needed": (),
    "deceased_on.future": (),
    "deceased_on.before_birth": (),
    "deceased_on.without_status": (),
    "language.too_long": ("max",),
    # Who is linked, and as what.
    "link.self": (),
    "client.unknown": (),
    "client.deceased": ("name",),
    "contact.taken": ("name",),
    "become.related": ("name", "contact"),
    "own_words.needed": (),
    "own_words.too_long": ("max",),
    "inverse_words.needed": (),
    "inverse_words.too_long": ("max",),
    # Roles and the emergency order.
    "emergency.needs_phone": ("name",),
    "document.too_long": ("max",),
    "position.out_of_range": ("max",),
    # Sharing and its basis.
    "basis.needed": (),
    "basis.expiry_needed": (),
    "basis.expiry_past": (),
    "sharing.no_address": ("name",),
    "sharing.deceased": ("name",),
    "sharing.ended": ("name",),
    "sharing.must_not_receive": ("name",),
    # The settings.
    "practice_name.too_long": ("max",),
    "zone.unknown": (),
    "adult_at.invalid": ("least", "most"),
    "owners.too_many": ("max",),
    "summary_days.invalid": ("most",),
    "record_years.invalid": ("least", "most"),
    "staff.needed": (),
    "staff.not_full_member": (),
    "group.needed": (),
    "group.unknown": (),
    # Removing, and lifting.
    "reason.needed": (),
    "reason.too_long": ("max",),
    # What of the record is shown.
    "trail.ends_first": (),
}
"""Keys that stand under a field of a form."""

VALUES_OF_IMPORT_KEY: Mapping[str, tuple[str, ...]] = {
    # A file as a whole.
    "file.empty": (),
    "file.unknown": (),
    "file.compressed": (),
    "file.markup": (),
    "file.json": (),
    "file.workbook": (),
    "file.first_line": (),
    "file.no_name": ("found",),
    "file.no_such_column": ("what", "known"),
    "file.no_such_header": ("header", "found"),
    "file.ignored": ("columns",),
    "file.no_own_id": (),
    "file.no_birth_date": (),
    "file.no_first_name": (),
    "file.no_last_name": (),
    "file.headers_below": ("line", "above"),
    "file.total": ("line", "said"),
    "file.dates_dmy": (),
    "file.dates_mdy": (),
    "file.windows": (),
    "file.macintosh": (),
    # A row.
    "row.unreadable": (),
    "row.too_long": (),
    "row.encoding": (),
    "row.cells": ("expected", "found"),
    "row.repeated": ("file", "line"),
    "row.likely_duplicate": ("name",),
    "row.ambiguous": ("count",),
    "row.same_client": ("name",),
    "own_id.repeated": ("file", "line"),
    "own_id.zeros": ("name", "own_id"),
    # A cell.
    "date.unreadable": (),
    "date.ambiguous": (),
    "date.year_short": (),
    "date.serial": (),
    "date.in_part": (),
    "date.too_narrow": (),
    "email.several": (),
    "phone.shortened": (),
    "status.unknown": ("known",),
    "status.yes_or_no": (),
    # A row of a relation.
    "relation.client_needed": (),
    "relation.client_unknown": (),
    "relation.other_needed": (),
    "relation.other_unknown": (),
    "relation.not_inverse": (),
    "role.unknown": ("known",),
    "role.paper": (),
    "emergency.unknown": (),
    "shared.unknown": ("known",),
    "basis.unknown": ("known",),
    # FHIR.
    "fhir.not_json": (),
    "fhir.letters": (),
    "fhir.invalid": ("reason",),
    "fhir.modified": (),
    "fhir.broken_off": (),
    "fhir.no_resources": (),
    "fhir.page": (),
    "fhir.left_aside": ("kinds",),
    "fhir.birth_date_in_part": ("count",),
    # Why nobody is archived.
    "archive.rejected": (),
    "archive.many": (),
}
"""Keys that only the import of a file gives, beside those of `VALUES_OF_KEY`."""
