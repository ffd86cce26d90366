"""What all moves of a petition have in common: the lock, the row of the step, the message."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection

from vssid.accounts.models import Account
from vssid.audit.actors import Actor
from vssid.files import commands as files
from vssid.files.queries import living
from vssid.kernel.clock import format_date
from vssid.messaging import commands as messaging
from vssid.messaging.models import Channel
from vssid.reference import queries as reference
from vssid.support import errors, rules
from vssid.support.models import Act, Petition, PetitionFile, PetitionStep, State
from vssid.support.papers import Paper

LEAST_WORDS = 5


def lock_number(*, number: str) -> None:
    """Let one transaction at a time open petitions about a person: no row may be there to lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [number])


def lock_petition(*, petition: Petition) -> Petition:
    """The row as it is now, locked until the transaction ends."""
    return Petition.objects.select_for_update().get(number=petition.number, id=petition.id)


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


def tell(*, petition: Petition, template: str, step: PetitionStep) -> None:
    """Notify who wrote the petition, by SMS and email; never what stands in it.

    Who has no account (any more) is told where they asked to be told, if anywhere.
    """
    account = Account.objects.filter(person_id=petition.sender).first()
    phone = account.phone if account else petition.phone
    email = account.email if account else petition.email
    office = reference.known_office(petition.office)
    data: Mapping[str, str] = {
        "petition": rules.display_code(petition.code),
        "office": office.name,
        "phone": office.phone,
        "until": format_date(petition.due_on),
        "hotline": settings.VSSID_HOTLINE,
    }
    letter, key = messaging.Letter(template, data), f"{template}.{step.id}"
    for channel, address in ((Channel.SMS, phone), (Channel.EMAIL, email)):
        if address:
            messaging.send_notice(
                channel=channel, address=address, letter=letter, key=f"{key}.{channel.value}"
            )
