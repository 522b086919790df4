"""What stands on many surfaces."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "button.cancel": "Cancel",
    "button.close": "Close",
    "button.continue": "Continue",
    "button.save": "Save",
    "initials.email": "e-mail on record",
    "initials.phone": "phone on record",
    "list.more": "and {count} more",
    "notice.title": "Kinward",
    "notice.loading_title": "One moment",
    "notice.loading": "One moment, this takes longer than usual …",
    "notice.saving": "Saving … this takes longer than usual. You can leave this open or close it.",
    "notice.saved": "Saved. You can close this.",
    "notice.saved_late": "Your last change took a while. It is saved.",
    "notice.saved_not_shown": (
        "Your change is saved, but Slack did not show it. Please close the window and open it again."
    ),
    "notice.not_saved_late": "Your last change could not be saved. Nothing was changed. Please try again.",
    "form.no_notes": "There is no field for notes, so that nothing private gets where it does not belong.",
}
