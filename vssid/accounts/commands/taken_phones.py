"""A phone serves one adult's account, and any number of their children's."""

from datetime import datetime

from django.db import connection

from vssid.accounts import errors, rules
from vssid.accounts.models import Account
from vssid.kernel.clock import vietnam_today
from vssid.people.queries import guardians_of


def refuse_taken_phone(*, number: str, phone: str, now: datetime) -> None:
    """Refuse a phone (E.164) that serves another adult's account, unless they are guardian here.

    The phone is locked until the caller's transaction ends. Raises PhoneTakenError.
    """
    # Two accounts could take the same phone at once.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 3))", [phone])
    today = vietnam_today(now)
    others = Account.objects.filter(phone=phone).exclude(person_id=number)
    adults = {
        other
        for other, born in others.values_list("person_id", "person__birth_date")
        if rules.is_adult(born, today)
    }
    if not adults:
        return
    guardians = guardians_of(number, today).values_list("guardian_id", flat=True)
    if adults - set(guardians):
        raise errors.PhoneTakenError
