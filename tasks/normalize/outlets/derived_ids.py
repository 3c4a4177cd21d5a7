"""Ids of outlets that no registry knows: made of a domain, of a platform's channel, or of a name.

An address identifies an outlet better than a name, which is printed in many ways. So a name makes
an id only in documents that tell no address.
"""

import unicodedata
from enum import Enum, auto

DERIVED_PREFIX = "~"


class IdKind(Enum):
    """What an outlet_id was made of."""

    REGISTERED = auto()
    DOMAIN = auto()
    CHANNEL = auto()
    NAME = auto()


def id_of_address(address: str) -> str:
    """Returns the id of the outlet with a domain, or with a channel (`t.me/name`)."""
    return f"{DERIVED_PREFIX}{address}"


def id_of_name(name: str) -> str:
    """Returns the id of an outlet of which nothing but a name is known.

    It keeps letters, digits and the marks that are vowels in Indic scripts.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    kept = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in folded)
    return f"{DERIVED_PREFIX}{'-'.join(''.join(kept).split())}"


def kind_of_id(outlet_id: str, domain: str | None) -> IdKind:
    """Tells what an id was made of.

    Args:
        outlet_id: of a record.
        domain: the outlet_domain of the same record.
    """
    if not outlet_id.startswith(DERIVED_PREFIX):
        return IdKind.REGISTERED
    if domain is None:
        return IdKind.NAME
    own = id_of_address(domain)
    if outlet_id == own:
        return IdKind.DOMAIN
    return IdKind.CHANNEL if outlet_id.startswith(f"{own}/") else IdKind.NAME
