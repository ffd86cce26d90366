"""Looking a number up, and keeping the keys by which it is found."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.limits import commands as limits
from vssid.people.models import Household, Person, SearchKey
from vssid.people.number_search import queries, rules
from vssid.people.number_search.errors import CodeNeededError, SearchesSpentError
from vssid.people.number_search.keys import keys_of
from vssid.people.number_search.limits import Bucket, Sender, finds, misses, searches
from vssid.people.number_search.rules import Found, Wanted

_SOMEBODY: Final = Actor.visitor("number-search")
_ROWS_AT_ONCE: Final = 5_000


def search_number(*, wanted: Wanted, sender: Sender, now: datetime) -> Found | None:
    """Look a number up; None for nobody, for several, and for whatever does not agree (guides U01).

    Found or not, the same statements run: the keys are read, as many limits counted, and an event
    written. Its subject reads that somebody looked, and nobody's name (docs/adr/0022). Locks the
    sender's counters, the common ones last. Raises CodeNeededError for a sender without a phone,
    SearchesSpentError for one with.
    """
    with transaction.atomic():
        waits = _count(searches(sender), now)
    ahead = limits.running(of=finds(sender), now=now)
    _refuse_over(sender, [*waits, *(one.wait for one in ahead)])
    seen = queries.look(wanted)
    chosen = rules.choose(wanted, seen)
    with transaction.atomic():
        waits = _count(finds(sender) if chosen else misses(sender), now)
        # Others found something in the meantime: this one would be one too many.
        _refuse_over(sender, waits)
        record_event(
            by=_SOMEBODY,
            act="number.search",
            subject=chosen.number if chosen else "",
            reason=wanted.way,
            details={"is_whole": bool(wanted.id_number), "had_code": bool(sender.phone)},
        )
    return rules.tell(wanted, seen, chosen) if chosen else None


def refuse_spent(*, sender: Sender, now: datetime) -> None:
    """Refuse a sender who has nothing left, before a code is sent to them; counts nothing.

    Raises SearchesSpentError for a sender with a phone, CodeNeededError for one without.
    """
    stand = limits.running(of=[*searches(sender), *finds(sender)], now=now)
    _refuse_over(sender, [one.wait for one in stand])


def write_keys(*, numbers: Iterable[str]) -> None:
    """Write anew by what these persons are found. Part of the caller's change and of its event."""
    people = list(Person.objects.filter(number__in=list(numbers)))
    heads = _heads({one.household_code for one in people})
    keys: dict[str, set[UUID]] = defaultdict(set)
    for one in people:
        is_head = heads.get(one.household_code) == one.number
        keys[one.number].update(keys_of(one, is_head=is_head))
    with transaction.atomic():
        SearchKey.objects.filter(number__in=keys).delete()
        SearchKey.objects.bulk_create(
            [SearchKey(key=key, number=number) for number, own in keys.items() for key in own],
            batch_size=_ROWS_AT_ONCE,
        )


def write_keys_of_households(*, codes: Sequence[str]) -> None:
    """The same for everybody in these households: who is their head may have changed."""
    members = Person.objects.filter(~Q(household_code=""), household_code__in=codes)
    write_keys(numbers=list(members.values_list("number", flat=True)))


def write_all_keys(*, batch: int = 2_000) -> int:
    """Write the keys of every person, batch by batch; returns of how many.

    For a registry from before the look-up; it can be ended and begun again at any time.
    """
    done, last = 0, ""
    while numbers := queries.numbers_after(last, batch):
        write_keys(numbers=numbers)
        done, last = done + len(numbers), numbers[-1]
    return done


def _count(buckets: Iterable[Bucket], now: datetime) -> list[timedelta | None]:
    return [limits.hit(limit=limit, key=key, now=now) for limit, key in buckets]


def _refuse_over(sender: Sender, waits: Iterable[timedelta | None]) -> None:
    longest = max((wait for wait in waits if wait is not None), default=None)
    if longest is None:
        return
    if sender.phone:
        raise SearchesSpentError(wait=longest)
    raise CodeNeededError


def _heads(codes: set[str]) -> dict[str, str]:
    found = Household.objects.filter(code__in=codes - {""})
    return dict(found.values_list("code", "head_number"))
