"""What is shared, and on what basis, as the stories need it."""

from datetime import date

from bot.domain.sharing import EVERY_CATEGORY, Basis, Category, SharingChoice


def everything(basis: Basis, *, until: date | None = None) -> SharingChoice:
    """Return sharing of all notification e-mails."""
    return SharingChoice(categories=EVERY_CATEGORY, basis=basis, expires_on=until)


def only(basis: Basis, *categories: Category, until: date | None = None) -> SharingChoice:
    """Return sharing of some kinds of e-mails."""
    return SharingChoice(categories=frozenset(categories), basis=basis, expires_on=until)
