"""Who comes with nothing but an ID: an officer fills the form in, and is named in it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vssid.registration.commands import filing
from vssid.registration.commands.cases import HELD, hold
from vssid.registration.models import Declaration
from vssid.staff.models import Officer


def file_at_desk(*, draft_id: UUID, by: Officer, now: datetime) -> Declaration:
    """File what an officer filled in for somebody at the counter, whose phone showed the code.

    The officer holds the case; its approval takes another one. A second call returns what the first
    one made. Locks the draft, then the number. Raises DraftIncompleteError,
    PhoneNotConfirmedError, AccountExistsError.
    """
    with transaction.atomic():
        declaration = filing.file_declaration(draft_id=draft_id, now=now, filer=by)
        if not declaration.filed_by:
            declaration.filed_by = by.user_name
            hold(declaration, by.user_name, now)
            declaration.save(update_fields=["filed_by", *HELD])
    return declaration
