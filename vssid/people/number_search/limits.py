"""How often a number may be looked up, and found: each limit, and what is counted (docs/adr/0022).

Without a code to a phone the sender's device, line, network and the whole service are counted;
with one, the phone. What is looked up is counted before, what is found or missed after.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings

from vssid.kernel.networks import line_of, network_of
from vssid.limits.commands import Limit

Bucket = tuple[Limit, str]
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
# Counted only so that a miss costs the statements of a find.
_BOUNDLESS: Final = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks: their network address, the id of their browser if it has one, and the phone
    (E.164) to which a code went that was typed back; empty without one.
    """

    address: str
    device: str = ""
    phone: str = ""


def searches(sender: Sender) -> list[Bucket]:
    """Looked up, in the order in which they are counted: what everybody shares comes last."""
    a_day = settings.VSSID_NUMBER_SEARCHES_A_DAY
    if sender.phone:
        return [(Limit("number.search.phone", a_day, _DAY), sender.phone)]
    network, hour = (
        settings.VSSID_NUMBER_SEARCHES_PER_NETWORK_DAY,
        settings.VSSID_NUMBER_SEARCHES_PER_HOUR,
    )
    return [
        (Limit("number.search.device", a_day, _DAY), _device(sender)),
        (Limit("number.search.line", a_day, _DAY), line_of(sender.address)),
        (Limit("number.search.network", network, _DAY), network_of(sender.address)),
        (Limit("number.search.all", hour, _HOUR), "all"),
    ]


def finds(sender: Sender) -> list[Bucket]:
    """Found."""
    a_day = settings.VSSID_NUMBERS_FOUND_A_DAY
    if sender.phone:
        return [(Limit("number.found.phone", a_day, _DAY), sender.phone)]
    network, everybody = (
        settings.VSSID_NUMBERS_FOUND_PER_NETWORK_DAY,
        settings.VSSID_NUMBERS_FOUND_WITHOUT_CODE,
    )
    return [
        (Limit("number.found.device", a_day, _DAY), _device(sender)),
        (Limit("number.found.line", a_day, _DAY), line_of(sender.address)),
        (Limit("number.found.network", network, _DAY), network_of(sender.address)),
        (Limit("number.found.all", everybody, _DAY), "all"),
    ]


def misses(sender: Sender) -> list[Bucket]:
    """Not found: as many rows as `finds`, and none of them ever stops anybody."""
    return [
        (Limit(limit.name.replace("found", "missed"), _BOUNDLESS, limit.period), key)
        for limit, key in finds(sender)
    ]


def _device(sender: Sender) -> str:
    return sender.device or line_of(sender.address)
