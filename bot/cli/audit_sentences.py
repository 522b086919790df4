"""What `kinward audit` and `kinward retention` say."""

from bot.domain.audit import Fault, Prefix, Verdict

FAULTS = {
    Fault.CHANGED: "{what} was changed, or does not follow the one before it.",
    Fault.MISSING: "{what} is gone.",
    Fault.OUTSIDE: "{what} was written past Kinward: it is not in the chain.",
    Fault.VALUES_CHANGED: "What {what} says of before and after was changed.",
    Fault.VALUES_MISSING: "What {what} said of before and after is gone, and no erasure on record says why.",
    Fault.CUT_OFF: "The end is cut off: {what} was written once, and it is gone with all after it.",
    Fault.HEAD: "The end of the chain, at {what}, is not the one that was kept.",
    Fault.ANCHOR: "The mark up to which old entries were dropped, at {what}, was not made by Kinward.",
    Fault.OTHER_KEY: "{what} was chained with a key that is not here: see KINWARD_AUDIT_KEY.",
}
AFTER_A_BACKUP = (
    "Where you have put back an older backup, that is why: move the file {heads} aside, and what is there "
    "is checked by itself."
)

REASON_NEEDED = (
    "That is sooner than the practice's settings say, so nothing was dropped. Say why with --reason: it "
    "goes on record."
)

LEFT_TO_VACUUM = "PostgreSQL keeps it in its files until VACUUM has come by."
JOURNAL_IN_USE = (
    "The file ending in -wal was in use all the while and still has it, until Kinward is stopped and started."
)


def sentence_of_verdict(verdict: Verdict) -> str:
    """Return what came of checking a chain."""
    if verdict.fault is not None:
        told = FAULTS[verdict.fault].format(what=_what(verdict))
        return f"{told[0].upper()}{told[1:]} {_entries(verdict.checked)} before it fit."
    dropped = (
        f"; {_entries(verdict.dropped)} before them were dropped by retention" if verdict.dropped else ""
    )
    return f"All fits: {_entries(verdict.checked)}{dropped}."


def sentence_of_prefix(prefix: Prefix | None, *, years: int) -> str:
    """Return what a run of retention would drop."""
    if prefix is None:
        return f"Nothing is older than {_years(years)}."
    return (
        f"{_entries(prefix.entries)} would be dropped, from {prefix.oldest:%Y-%m-%d} to "
        f"{prefix.newest:%Y-%m-%d}, all of them checked."
    )


def sentence_of_run(dropped: int, *, years: int) -> str:
    """Return what a run of retention dropped."""
    if not dropped:
        return f"Nothing is older than {_years(years)}."
    return f"{_entries(dropped)} older than {_years(years)} dropped; a sealed anchor stands in their place."


def sentence_of_erasure(erased: int) -> str:
    """Return what was erased."""
    return (
        f"Erased what {_entries(erased)} said of before and after; who did it and when is kept. "
        "Backups from before still have it."
    )


def _what(verdict: Verdict) -> str:
    if verdict.number is not None:
        return f"entry {verdict.number}"
    return f"the entry at place {verdict.place} of the chain"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _years(years: int) -> str:
    return "a year" if years == 1 else f"{years} years"
