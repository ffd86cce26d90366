"""What all moves of a petition have in common: the lock, the row of the step, the message."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection

from vssid.accounts.models import Account
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.files import commands as files
from vssid.files.queries import living
from vssid.kernel.clock import format_date, vietnam_today
from vssid.limits import commands as limits
from vssid.messaging import commands as messaging
from vssid.messaging.models import Channel
from vssid.reference import queries as reference
from vssid.support import catalogue, errors, rules
from vssid.support.models import (
    Act,
    Petition,
    PetitionCode,
    PetitionFile,
    PetitionStep,
    State,
)
from vssid.support.papers import Paper, Parcel

LEAST_WORDS = 5


def lock_number(*, number: str) -> None:
    """Let one transaction at a time open petitions about a person: no row may be there to lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [number])


def lock_petition(*, petition: Petition) -> Petition:
    """The row as it is now, locked until the transaction ends."""
    return Petition.objects.select_for_update().get(number=petition.number, id=petition.id)


def write_petition(*, petition: Petition, by: Actor, papers: Sequence[Paper]) -> Petition:
    """Give a new petition its code and save it with its first step; the sender is told.

    Raises PapersLateError.
    """
    petition.code = rules.new_code()
    PetitionCode.objects.create(code=petition.code, number=petition.number, petition=petition.id)
    petition.save(force_insert=True)
    step = write_step(
        petition=petition,
        act=Act.OPEN,
        by=by,
        now=petition.opened_at,
        words=petition.words,
        papers=papers,
    )
    record_event(
        by=by, act="petition.open", subject=petition.number, details={"petition": petition.code}
    )
    tell(petition=petition, template="petition.received", step=step)
    return petition


def due_on(*, category: str, now: datetime) -> date:
    """The day of the answer that a category promises from now on."""
    found = catalogue.category(category)
    days = found.days if found else settings.VSSID_PETITION_DUE_DAYS
    return rules.due_day(vietnam_today(now), days)


def check_pace(*, by: Actor, now: datetime) -> None:
    """Count one writing back. Raises TooManyAdditionsError."""
    allowed = settings.VSSID_PETITION_ADDITIONS_PER_DAY
    limit = limits.Limit("petition.add", allowed, timedelta(days=1))
    pause = limits.hit(limit=limit, key=by.name, now=now)
    if pause is not None:
        hours = math.ceil(pause / timedelta(hours=1))
        raise errors.TooManyAdditionsError(wait=pause, allowed=allowed, hours=hours)


def is_sent_already(*, parcel: Parcel, now: datetime) -> bool:
    """Whether this very parcel was sent before: a double press changes nothing."""
    once = limits.Limit("petition.parcel", 1, settings.VSSID_PETITION_PAPERS_WAIT)
    return limits.hit(limit=once, key=parcel.id.hex, now=now) is not None


def state_after(*, petition: Petition, act: Act, side: rules.Side) -> State:
    """Where the act leads. Raises NotPossibleNowError."""
    after = rules.next_state(petition.state, act, side)
    if after is None:
        raise errors.NotPossibleNowError(
            petition=rules.display_code(petition.code), state=State(petition.state).label
        )
    return after


def check_words(*, words: str) -> None:
    """Raises WordsMissingError for words that say nothing."""
    if len(words.strip()) < LEAST_WORDS:
        raise errors.WordsMissingError(least=LEAST_WORDS)


def write_step(
    *,
    petition: Petition,
    act: Act,
    by: Actor,
    now: datetime,
    words: str = "",
    papers: Sequence[Paper] = (),
) -> PetitionStep:
    """Write a step that left the petition as it stands now, and keep the papers that came with it.

    Raises PapersLateError when one of them is gone.
    """
    if len(living(paper.file for paper in papers)) != len(papers):
        raise errors.PapersLateError
    step = PetitionStep.objects.create(
        number=petition.number,
        petition=petition.id,
        at=now,
        by_kind=by.kind,
        by_name=by.name,
        act=act,
        state=petition.state,
        office=petition.office,
        words=words,
    )
    for paper in papers:
        PetitionFile.objects.create(
            number=petition.number,
            petition=petition.id,
            step=step.id,
            file=paper.file,
            media_type=paper.media_type,
        )
        files.keep_until(file_id=paper.file, until=None)
    return step


def reached_at(*, petition: Petition) -> tuple[str, str]:
    """Phone and email of who wrote it: their account's, else those they gave; one may be empty."""
    account = Account.objects.filter(person_id=petition.sender).first() if petition.sender else None
    return (account.phone, account.email) if account else (petition.phone, petition.email)


def tell(
    *, petition: Petition, template: str, step: PetitionStep, more: Mapping[str, str] | None = None
) -> None:
    """Notify who wrote the petition, by SMS and email; never what stands in it.

    `more` is what the template names besides the petition, its office and its day.

    Who has no account (any more) is told where they asked to be told, if anywhere.
    """
    phone, email = reached_at(petition=petition)
    office = reference.known_office(petition.office)
    data: Mapping[str, str] = {
        "petition": rules.display_code(petition.code),
        "office": office.name,
        "phone": office.phone,
        "until": format_date(petition.due_on),
        "hotline": settings.VSSID_HOTLINE,
        **(more or {}),
    }
    letter, key = messaging.Letter(template, data), f"{template}.{step.id}"
    for channel, address in ((Channel.SMS, phone), (Channel.EMAIL, email)):
        if address:
            messaging.send_notice(
                channel=channel, address=address, letter=letter, key=f"{key}.{channel.value}"
            )
