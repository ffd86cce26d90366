"""What the worker runs for accounts."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.accounts.resetting import ask
from tests.factories import HONG, an_account
from vssid.accounts import tasks
from vssid.accounts.models import Account
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Message

pytestmark = pytest.mark.django_db


def test_deferred_job_of_a_reset_sends_its_code() -> None:
    an_account()
    ask(now=utc_now())
    job = ProcrastinateJob.objects.get(task_name=tasks.send_reset_code.name)
    assert job.queue_name == tasks.send_reset_code.queue
    tasks.send_reset_code(**job.args)
    assert Message.objects.get().address == HONG.phone


def test_daily_round_warns_of_passwords_that_are_due() -> None:
    an_account()
    Account.objects.update(password_set_at=utc_now() - timedelta(days=170))
    tasks.warn_of_due(0)
    assert Message.objects.get().template == "account.password-due"
