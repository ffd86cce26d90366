"""A person reports, complains or asks: the papers that come with it, then the petition itself."""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from vssid.audit.access import Access
from vssid.audit.actors import Actor
from vssid.audit.commands import record_look
from vssid.files import commands as files
from vssid.insurance.lines import Line
from vssid.kernel.networks import network_of
from vssid.limits import commands as limits
from vssid.people.models import Person
from vssid.reference import queries as reference
from vssid.support import catalogue, errors, papers, quoting, rules
from vssid.support.commands import steps
from vssid.support.models import OPEN, Kind, Petition
from vssid.support.placing import office_for

_DAY = timedelta(days=1)
_PAPERS = limits.Limit("petition.papers", 30, timedelta(hours=1))
# Of visitors, who send pictures before anybody knows whether a picture code will be read.
_OF_NETWORK = limits.Limit("petition.papers.network", 120, timedelta(hours=1))
_OF_VISITORS = limits.Limit("petition.papers.visitors", 2_000, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person says: what is wrong or wanted, and how it should read instead.

    `category` is a code of the catalogue, `office` the one they chose; empty for the right one.
    """

    words: str
    wished: str = ""
    category: str = catalogue.REPORTED
    office: str = ""


def keep_paper(
    *,
    parcel: papers.Parcel,
    content: bytes,
    by: Actor,
    now: datetime,
    line: str = "",
) -> papers.Parcel:
    """Check, encrypt and keep one paper until its petition is sent; the parcel with it inside.

    `line` is the network line of a visitor: they are counted by it, and send pictures only. Raises
    TooManyPapersError, PapersTooOftenError and what `papers.accept` raises; nothing is kept then.
    """
    allowed = settings.VSSID_PETITION_PAPERS
    if len(parcel.papers) >= allowed:
        raise errors.TooManyPapersError(allowed=allowed)
    counted = [(_PAPERS, line or by.name)]
    if line:
        counted += [(_OF_NETWORK, network_of(line.partition("/")[0])), (_OF_VISITORS, "all")]
    for limit, key in counted:
        pause = limits.hit(limit=limit, key=key, now=now)
        if pause is not None:
            raise errors.PapersTooOftenError(wait=pause)
    accepted, media_type = papers.accept(content, pictures_only=bool(line))
    stored = files.store_file(
        content=accepted,
        media_type=media_type,
        purpose="petition.paper",
        by=by,
        delete_after=now + settings.VSSID_PETITION_PAPERS_WAIT,
    )
    return replace(parcel, papers=(*parcel.papers, papers.Paper(stored.id, media_type)))


def open_petition(
    *,
    access: Access,
    kind: Kind,
    line: Line | None,
    wording: Wording,
    parcel: papers.Parcel,
    by: Actor,
    now: datetime,
) -> Petition:
    """Open a petition about the person of `access`, at the office that is right for its line.

    Sending the same parcel again returns what the first sending made. The sender is told by message
    where it went and until when it is answered. Locks the number. Raises WordsMissingError,
    TooManyPetitionsError, PetitionOpenAlreadyError, OfficeNotKnownError, UnknownOfficeError,
    PapersLateError.
    """
    steps.check_words(words=wording.words)
    with transaction.atomic():
        steps.lock_number(number=access.subject)
        earlier = Petition.objects.filter(number=access.subject, id=parcel.id).first()
        if earlier is not None:
            return earlier
        _check_line(access, line)
        check_pace(key=by.name, now=now)
        petition = _new(access, kind, line, wording, by, now)
        petition.id = parcel.id
        return steps.write_petition(petition=petition, by=by, papers=parcel.papers)


def turn_away(*, subject: str, by: Actor, once_in: timedelta) -> None:
    """Write down that somebody opened the address of another person's line or petition.

    They saw nothing; its owner reads that they came.
    """
    record_look(by=by, act="petition.turned-away", subject=subject, once_in=once_in)


def _check_line(access: Access, line: Line | None) -> None:
    if line is None:
        return
    key = quoting.key_of(line)
    earlier = Petition.objects.filter(number=access.subject, line=key, state__in=OPEN).first()
    if earlier is not None:
        raise errors.PetitionOpenAlreadyError(petition=rules.display_code(earlier.code))


def check_pace(*, key: str, now: datetime) -> None:
    """Count one petition of a person (their number) or phone. Raises TooManyPetitionsError."""
    allowed = settings.VSSID_PETITIONS_PER_DAY
    pause = limits.hit(limit=limits.Limit("petition.open", allowed, _DAY), key=key, now=now)
    if pause is not None:
        hours = math.ceil(pause / timedelta(hours=1))
        raise errors.TooManyPetitionsError(wait=pause, allowed=allowed, hours=hours)


def _new(
    access: Access, kind: Kind, line: Line | None, wording: Wording, by: Actor, now: datetime
) -> Petition:
    chosen = reference.known_office(wording.office) if wording.office else None
    return Petition(
        number=access.subject,
        kind=kind,
        category=wording.category,
        office=(chosen or office_for(access, line)).code,
        sender=by.name,
        full_name=Person.objects.values_list("full_name", flat=True).get(number=access.subject),
        line=quoting.key_of(line) if line else "",
        quote=quoting.as_json(line) if line else {},
        words=wording.words,
        wished=wording.wished,
        opened_at=now,
        due_on=steps.due_on(category=wording.category, now=now),
        changed_at=now,
    )
