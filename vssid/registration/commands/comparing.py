"""Declaration and registry: what the applicant may learn, and what an approval writes there."""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from vssid.audit.actors import Actor
from vssid.kernel.networks import network_of
from vssid.limits import commands as limits
from vssid.people.commands import remember_paper, write_people
from vssid.people.models import Person
from vssid.people.queries import number_by_identity
from vssid.registration import errors, matching, rules
from vssid.registration.answers import Answers
from vssid.registration.models import Declaration, Draft
from vssid.registration.readings import read_of
from vssid.registration.standing import RENEWS

# Whoever guesses whose number it is has a proven phone to lose; who mistypes needs three tries.
_OF_PHONE = limits.Limit("registry.phone", 10, timedelta(days=1))
_OF_NETWORK = limits.Limit("registry.network", 60, timedelta(hours=1))
# The same answers again tell nothing new, and cost nothing.
_TOLD = limits.Limit("registry.told", 1, timedelta(days=1))


class Told(StrEnum):
    """What is said before «Ghi nhận». `DIFFERS` is one answer to whatever does not agree."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOTHING = "nothing"


def compare_with_registry(*, draft_id: UUID, address: str, now: datetime) -> Told:
    """Tell whether a draft whose phone is proven fits the registry; it is never barred by it.

    A number of nobody, of somebody else, another birth or another's paper are answered alike, by
    the same statements. Only so many different answers are compared for a phone and for the
    network of `address`; afterwards nothing is told.
    """
    draft = Draft.objects.get(id=draft_id)
    answers = Answers.read(draft.answers)
    photos = rules.photos_of_paper(answers.id_kind, draft.front, draft.back)
    paper = read_of(photos, now=now)
    declared = matching.Declared(
        answers.number,
        answers.full_name,
        answers.id_kind,
        answers.id_number,
        # Whose photo it is was not asked: a stranger's paper must not answer for their birthday.
        birth_date=paper.reading.birth_date if paper.is_of(answers.id_number) else None,
    )
    if told_enough(phone=answers.phone, address=address, declared=astuple(declared), now=now):
        return Told.NOTHING
    known, owner = _registered(answers.number), number_by_identity(answers.id_number)
    return Told.AGREES if matching.agrees(declared, known, owner) else Told.DIFFERS


def keep_paper(*, declaration: Declaration, by: Actor) -> None:
    """Let the registry know a renewed paper whose original an officer compared.

    Earlier ones keep leading to the person. A paper of another kind than the registry's, a passport
    beside a CCCD, leads to them too, and the registry's entry keeps naming its own. Part of the
    approval. Raises PaperOfAnotherError.
    """
    owner = number_by_identity(declaration.id_number)
    if owner not in {None, declaration.number}:
        raise errors.PaperOfAnotherError
    if owner is not None:
        return
    person = Person.objects.get(number=declaration.number)
    if person.id_kind in RENEWS[declaration.id_kind]:
        person.id_kind, person.id_number = declaration.id_kind, declaration.id_number
        write_people(people=[person], by=by)
    else:
        remember_paper(number=person.number, id_number=declaration.id_number, by=by)


def told_enough(*, phone: str, address: str, declared: Iterable[object], now: datetime) -> bool:
    """Whether nothing more is told for a phone and the network of `address`; counts what is.

    The same declared values again are told again, and counted once.
    """
    network = network_of(address)
    spent = limits.running(of=[(_OF_PHONE, phone), (_OF_NETWORK, network)], now=now)
    content = "|".join([phone, *map(str, declared)])
    key = hashlib.sha256(content.encode()).hexdigest()
    if limits.hit(limit=_TOLD, key=key, now=now) is not None:
        return False
    if any(one.wait is not None for one in spent):
        limits.clear(limit=_TOLD, key=key)
        return True
    limits.hit(limit=_OF_PHONE, key=phone, now=now)
    limits.hit(limit=_OF_NETWORK, key=network, now=now)
    return False


def _registered(number: str) -> matching.Registered | None:
    row = (
        Person.objects.filter(number=number)
        .values_list("full_name", "birth_date", "birth_date_precision", "died_on")
        .first()
    )
    if row is None:
        return None
    name, born, precision, died_on = row
    return matching.Registered(name, born, precision, is_living=died_on is None)
