"""Errors."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "error.unexpected": "Something went wrong on our side. Nothing you typed was shared. Reference: {reference}",
    "error.not_found": "This is no longer there. Somebody may have changed it meanwhile.",
    "error.stale": "This window is from an earlier version. Please close it and start again with /family.",
    "error.already_removed": "{name} was already removed by {by} on {moment}. Nothing else was changed.",
    "error.already_contact": "This person is a contact of this client again by now. Nothing was changed.",
    "error.became_client": "{name} is a client by now, and a client is never a contact. Link them instead.",
    "error.became_client_plain": "This contact is a client by now. Link them instead. Nothing was changed.",
    "error.undo_too_late": "This can be undone for ten minutes, and they are over. Nothing was changed.",
    "error.already_undone": "This was already undone by {by} on {moment}. Nothing else was changed.",
    "error.already_undone_plain": "This was already undone. Nothing else was changed.",
    "error.changed_since": "{what}: changed again by {by} on {moment}. So this was not undone; what is there now stays.",
    "error.changed_since_plain": "Something of this was changed again since. So it was not undone.",
    "error.changed_meanwhile": (
        "Somebody else changed this while you had it open. Close it and open it again to see what is there now."
    ),
    "meanwhile.about": (
        "This was changed while you had it open. What you typed is kept, the other fields show what is there now. "
        "Save again to save over it."
    ),
    "error.storage_unavailable": "The records cannot be reached just now. Nothing was changed. Please try again.",
    "error.directory_unavailable": "Slack did not tell us who you are just now. Please try again in a moment.",
    "error.not_allowed": "Kinward is for full members of this workspace. Please ask the practice if you need something.",
    "error.no_role": "You have no role in Kinward yet. An admin of Kinward can give you one.",
    "error.not_permitted": "Your role does not allow this. An admin of Kinward can change that.",
    "error.admin_only": (
        "Your role does not allow this: an admin looks after Kinward and not after clients. If you work with "
        "clients yourself, make yourself an editor in /family settings."
    ),
    "error.not_in_slack": (
        "While Kinward shows initials and ids only, clients are changed by import and not in Slack. "
        "An admin of Kinward can change that."
    ),
    "error.last_admin": "Nobody could change the settings any more. Make somebody else an admin first.",
    "error.view_failed": "Slack did not open the window in time. Please try again.",
    "error.busy": "Too much is going on at once just now. Nothing was changed. Please try again in a moment.",
    "error.notice_refused": "This e-mail cannot be sent as it is. Nothing was sent.",
    "error.mail_rule": "Say which sender or which subject, in at most 200 letters; * alone would fit every mail.",
    "error.token_name": "Please say in a few words, at most 80 letters, what the token is for.",
    "error.idempotency_conflict": "This key was used before, for another e-mail. Nothing was sent.",
    "error.invalid_input": "Please check what you entered.",
}
