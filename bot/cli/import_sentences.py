"""What is said of a file, a row or a whole import."""

from collections.abc import Iterator

from bot.services.ports import ImportStep
from bot.services.roster.plan import Counts
from bot.services.roster.reading import FileNotice, UnreadableFile
from bot.services.roster.report import ImportReport
from bot.services.roster.rows import RowError
from bot.views.sentences import say

SENTENCES = {
    "file.empty": "The file is empty.",
    "file.unknown": "This is no kind of file that Kinward can import. It reads CSV, and FHIR R4 as JSON.",
    "file.compressed": "This is compressed. Unpack it, and import what is in it.",
    "file.markup": "This is a web page or XML. Open it in a spreadsheet, choose Save As and “CSV UTF-8”, and "
    "import that file. Of FHIR take JSON.",
    "file.json": "This is JSON, but no FHIR Bundle, nor FHIR resources one a line.",
    "file.workbook": "This is a workbook. Open it, choose Save As and “CSV UTF-8”, and import that file.",
    "file.first_line": "The first line is not CSV: a quotation mark is open or out of place.",
    "file.no_name": "No column looks like a name. The first line has: {found}. "
    "If these are no headers, put a line with headers above. If they are, say which is the name, as in "
    '--column last_name="Nachname".',
    "file.no_such_column": "A column cannot hold “{what}”. It holds one of: {known}.",
    "file.no_such_header": "There is no column “{header}”. The first line has: {found}.",
    "file.ignored": "These columns are not known here and were passed over: {columns}.",
    "file.no_own_id": "No column looks like your own id of a client. If there is one, say which: "
    '--column own_id="Its header".',
    "file.no_birth_date": "No column looks like the date of birth. If there is one, say which: "
    '--column birth_date="Its header".',
    "file.no_first_name": "No column looks like the first name. If there is one, say which: "
    '--column first_name="Its header".',
    "file.no_last_name": "No column looks like the last name. If there is one, say which: "
    '--column last_name="Its header".',
    "file.headers_below": "The headers are in line {line}. What stands above was passed over: {above}",
    "file.total": "Line {line} is about the list and no row of it, and was passed over: {said}",
    "file.dates_dmy": "The dates that are clear have the day first. If all do, add --dates dmy.",
    "file.dates_mdy": "The dates that are clear have the month first. If all do, add --dates mdy.",
    "file.macintosh": "The file is not UTF-8, and was read as an old Mac's. Look at a name with an accent.",
    "file.windows": "The file is not UTF-8, and was read as Windows-1252. Look at a name with an accent.",
    "row.unreadable": "This is not CSV: a quotation mark is open or out of place.",
    "row.too_long": "One of the cells is longer than any cell can be: a quotation mark may be missing.",
    "row.encoding": "Some letters cannot be read. Save the file as “CSV UTF-8”.",
    "row.cells": "Cells in this row: {found}; in the line of headers: {expected}. "
    "A cell with a comma or a line break in it needs quotation marks.",
    "row.repeated": "Line {line} of {file} is the same client. Two clients need ids of your own.",
    "row.likely_duplicate": "{name} is here without this id and may be the same person. "
    "Give that client the id in Slack first, or leave the row out.",
    "row.ambiguous": "{count} clients here have this name. Add your own id, so that it is clear who it is.",
    "row.same_client": "An earlier row was about {name} already.",
    "own_id.repeated": "The same id stands in line {line} of {file}.",
    "own_id.zeros": "{name} is here under {own_id}. Spreadsheets drop zeros in front: "
    "format the column as text, and put them back.",
    "date.unreadable": "This is no date. Write it like 1984-03-31.",
    "date.ambiguous": "Day or month first? Say it with --dates dmy, --dates mdy or --dates ymd.",
    "date.year_short": "Write the year with four digits.",
    "date.serial": "So spreadsheets keep dates. Format the column as a date there and save again.",
    "date.in_part": "This is no whole date. Write it like 1984-03-31, or leave the cell empty.",
    "date.too_narrow": "The column was too narrow for its dates. Make it wider and save again.",
    "email.several": "There are several addresses here, and one is kept. Leave the one to be used.",
    "phone.shortened": "A spreadsheet has cut this number short. Fill it in again, in a column of text.",
    "status.unknown": "The status is one of: {known}.",
    "status.yes_or_no": "Write yes or no.",
    "relation.client_needed": "Say whose relation this is.",
    "relation.client_unknown": "No client has this id, neither here nor in the files. "
    "Clients are named by your own id, zeros in front and all; import them first, or together with this.",
    "relation.other_needed": "Say who is related: the id of a client, or the name of a contact.",
    "relation.other_unknown": "No client has this id, neither here nor in the files. "
    "Clients are named by your own id, zeros in front and all.",
    "relation.not_inverse": "What the two are to each other does not go together.",
    "role.unknown": "The roles are: {known}; a ; stands between several.",
    "role.paper": "Only a guardian or proxy has a document and dates, written like "
    "(2024-01-31 to 2030-01-31) and in their order.",
    "emergency.unknown": "Write 1 for whom to call first, 2 and so on, or yes, or no.",
    "shared.unknown": "What can be shared is: {known}.",
    "basis.unknown": "The basis is one of: {known}.",
    "fhir.not_json": "This is no JSON.",
    "fhir.letters": "Some letters in it cannot be read: half of one is missing.",
    "fhir.invalid": "This is not as FHIR R4 has it: {reason}.",
    "fhir.modified": "It has a modifierExtension or implicitRules, which Kinward does not know: "
    "so it is left alone.",
    "fhir.broken_off": "The file breaks off or is no JSON from here on; what came before is read.",
    "fhir.no_resources": "No resource was found in it. A Bundle is read, and resources that stand "
    "one a line.",
    "fhir.page": "This is one page of several: it has a link to the next. Import all pages together.",
    "fhir.left_aside": "Only Patient and RelatedPerson are read; left aside were: {kinds}.",
    "fhir.birth_date_in_part": "Patients of whom only the year or month of birth is known come in without: "
    "{count}.",
    "archive.rejected": "Nobody was archived: some rows were left out, and who stands there is not missing. "
    "Correct them first.",
    "archive.many": "Nobody was archived: so many are missing that this may be half a list. "
    "If it is whole, add --archive-many.",
}
"""By the keys that only an import gives; those of a form have their sentences in the catalogue."""

LACKING = "The file has no column for {what}; a header such as {headers} would do."
COLUMNS = {
    "own_id": ("your own ids", "“Client ID”, “MRN” or “Chart number”"),
    "first_name": ("the first name", "“First name” or “Given name”"),
    "last_name": ("the last name", "“Last name” or “Surname”"),
    "preferred_name": ("the preferred name", "“Preferred name” or “Goes by”"),
    "birth_date": ("the date of birth", "“Date of birth” or “DOB”"),
    "email": ("an e-mail address", "“E-mail”"),
    "phone": ("a phone number", "“Phone”, “Mobile” or “Home phone”"),
    "status": ("the status", "“Status”, “Active” or “Archived”"),
    "deceased_on": ("the date of death", "“Date of death”"),
    "language": ("the language", "“Language”"),
    "client": ("the client", "“client_id” or “Patient ID”"),
    "relation": ("the related client", "“related_client_id”"),
    "relationship": ("the relationship", "“Relationship”"),
    "own_words": ("the relationship", "“Relationship”"),
    "inverse_words": ("the relationship seen from the other side", "“reverse_relationship”"),
    "roles": ("roles", "“Roles”"),
    "document": ("roles", "“Roles”"),
    "sharing": ("shared e-mails", "“shared_emails”"),
    "basis": ("who agreed to sharing", "“shared_emails_basis”"),
    "expires_on": ("the last day of an authorization", "“shared_emails_until”"),
    "reverse_sharing": ("e-mails shared the other way round", "“reverse_shared_emails”"),
    "reverse_basis": ("who agreed to sharing the other way round", "“reverse_shared_emails_basis”"),
    "reverse_expires_on": (
        "the last day of an authorization the other way round",
        "“reverse_shared_emails_until”",
    ),
}
"""What a field is called where the file has no column for it, and headers that would be understood."""

STEPS = {
    ImportStep.READING: "Reading",
    ImportStep.FORESEEING: "Looking",
    ImportStep.APPLYING: "Taking in",
    ImportStep.ARCHIVING: "Archiving",
    ImportStep.DONE: "Tidying up",
}
"""What is under way, in front of how far it is."""

_MOST_SHOWN = 60
"""Characters of a cell that are repeated to whoever imports it."""
_MOST_OF_HEADERS = 400
"""The same of all headers of a file together."""


def sentence_of_file(file: str, told: UnreadableFile | FileNotice) -> str:
    """Return what is to be said of a whole file."""
    values = {name: _shown(value) for name, value in told.values.items()}
    return f"{file}: {SENTENCES[told.key].format(**values)}"


def reason_of(error: RowError) -> str:
    """Return why a row was left out, and which column the file would need."""
    sentence = SENTENCES.get(error.key)
    reason = say(error.key, **error.values) if sentence is None else sentence.format(**error.values)
    if error.lacking not in COLUMNS:
        return reason
    what, headers = COLUMNS[error.lacking]
    return f"{reason} {LACKING.format(what=what, headers=headers)}"


def sentence_of_row(error: RowError) -> str:
    """Return where a row is wrong, what stands there, and why it was left out."""
    where = f"{error.place.file}, {'entry' if error.place.is_entry else 'line'} {error.place.line}"
    if error.column:
        where += f", {error.column}"
    if error.value:
        where += f" “{_shown(error.value, most=_MOST_SHOWN)}”"
    return f"{where}: {reason_of(error)}"


def _shown(value: str | int, *, most: int = _MOST_OF_HEADERS) -> str:
    """Return what stands in a file, short and without anything that a terminal would take for an order."""
    text = "".join(letter if letter.isprintable() else " " for letter in str(value))
    text = " ".join(text.split())
    return f"{text[:most]}…" if len(text) > most else text


def sentences_of_report(report: ImportReport) -> Iterator[str]:
    """Yield what an import came to, a line each."""
    tally, would = report.tally, report.plan.is_dry_run
    if would:
        yield "Dry run: nothing was changed. This is what would be:"
    if tally.clients.total or not tally.relations.total:
        yield f"Clients: {_counts(tally.clients)}."
    if tally.relations.total:
        yield f"Links and contacts: {_counts(tally.relations)}."
    if tally.rejected:
        yield f"Left out: {_many(tally.rejected, 'row')}."
    if report.missing:
        yield f"Missing from the list: {_many(report.missing, 'active client')}{_of_missing(report)}."
    if report.why_not:
        sentence = SENTENCES[report.why_not]
        yield sentence.replace("was archived", "would be archived") if would else sentence


def sentence_of_review(directions: int) -> str:
    """Return that sharing came in, or is here, of which nobody knows who agreed to it (R51)."""
    return (
        f"E-mails are shared with {_many(directions, 'person')} and nobody is on record as having agreed: "
        "kinward clients review lists them."
    )


def _of_missing(report: ImportReport) -> str:
    if report.archived:
        return ", now archived" if not report.plan.is_dry_run else ", to be archived"
    return "" if report.plan.archives_missing else ", left as they are (--archive-missing archives them)"


def _counts(counts: Counts) -> str:
    said = f"{counts.added:,} added, {counts.changed:,} changed, {counts.unchanged:,} as they were"
    if counts.kept:
        said += f", {counts.kept:,} kept as staff left them"
    return f"{said}, {counts.left_ended:,} ended ones passed over" if counts.left_ended else said


def _many(number: int, what: str) -> str:
    several = "people" if what == "person" else f"{what}s"
    return f"{number:,} {what if number == 1 else several}"
