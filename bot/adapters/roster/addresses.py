"""E-mail addresses out of cells, as address books write them."""

import re

_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]]+@[^\s<>,;:\"()\[\]]+")
_PLAIN = re.compile(r"[\w.+-]+@[\w.-]+\w", re.ASCII)
_NAMED = re.compile(r"(?:[^<>@]*<\s*(?:mailto:)?([^\s<>]+)\s*>|(?:mailto:)?([^\s<>]+))[\s,;]*", re.IGNORECASE)


def address_in(cell: str) -> str | None:
    """Return the address in a cell, without the name or the signs around it; None where there are several.

    What is no address is returned as it stands.
    """
    if _PLAIN.fullmatch(cell):
        return cell
    found = _ADDRESS.findall(cell)
    if len(found) > 1:
        return found[0] if len({address.lower() for address in found}) == 1 else None
    if named := _NAMED.fullmatch(cell):
        return (named[1] or named[2]).strip(",;")
    return cell
