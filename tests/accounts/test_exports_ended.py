"""What ends a copy of one's record before it is fetched: the account is in doubt, or gone."""

from collections.abc import Callable

import pytest

from tests.accounts.exporting import asked, begun, ready
from tests.factories import HONG, a_session, an_account, secret_of
from tests.web.visiting import live_session
from vssid.accounts.commands import disowning, endings, exports
from vssid.accounts.commands.closing import close_account, send_closing_code
from vssid.accounts.models import EndReason, Export
from vssid.files.models import StoredFile
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Message

pytestmark = pytest.mark.django_db


def _disown() -> None:
    letter = Message.objects.filter(template="account.export-asked").latest("id")
    code = secret_of(letter)["link"].rstrip("/").rpartition("/")[2]
    disowning.disown(code=code, now=utc_now())


def _reset() -> None:
    endings.end_sessions(number=HONG.number, reason=EndReason.RESET, now=utc_now())


def _at_the_desk() -> None:
    endings.end_sessions(number=HONG.number, reason=EndReason.DESK, now=utc_now())


@pytest.mark.parametrize("act", [_disown, _reset, _at_the_desk])
def test_ready_export_is_erased(act: Callable[[], None]) -> None:
    export = ready()
    act()
    export.refresh_from_db()
    assert (export.state, export.reason, export.file) == ("expired", "account", None)
    assert StoredFile.objects.get().erased_at is not None


@pytest.mark.parametrize("act", [_disown, _reset])
def test_export_in_the_making_is_not_kept(act: Callable[[], None]) -> None:
    export = asked(an_account())
    work = begun(export)
    act()
    assert not exports.finish_export(work=work, content=b"PK", now=utc_now())
    export.refresh_from_db()
    assert (export.state, export.reason) == ("expired", "account")
    assert not StoredFile.objects.exists()


def test_signing_out_leaves_it_for_the_next_session() -> None:
    account = an_account()
    export = ready(account)
    endings.sign_out(number=HONG.number, session_id=live_session(account), now=utc_now())
    a_session(account)
    assert exports.fetch_export(number=HONG.number, export_id=export.id, device="", now=utc_now())


def test_closed_account_leaves_no_export_and_no_file() -> None:
    ready()
    send_closing_code(number=HONG.number, now=utc_now())
    code = Message.objects.filter(template="code.close").latest("id")
    close_account(number=HONG.number, typed=secret_of(code)["code"], now=utc_now())
    assert not Export.objects.exists()
    assert StoredFile.objects.get().erased_at is not None
