"""«Tải hồ sơ của tôi»: asked for, watched, fetched once, by its owner alone."""

import io
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from structlog.testing import capture_logs

from tests.accounts.exporting import asked, begun, ready, ticket_of
from tests.factories import HONG, KHOA, a_session, an_account
from tests.web.visiting import at_home, live_session, text_of, with_session
from vssid.accounts.commands import exports
from vssid.accounts.commands.sessions import sign_out
from vssid.accounts.models import Account, Export, ExportReason, ExportStage, Session
from vssid.audit.models import Event
from vssid.kernel.clock import format_datetime, utc_now
from vssid.web.citizen.export import making

pytestmark = pytest.mark.django_db
PAGE, ASK, PROGRESS = "/tai-khoan/tai-ve/", "/tai-khoan/tai-ve/moi/", "/tai-khoan/tai-ve/tien-do/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def _home() -> tuple[Client, Account]:
    account = an_account()
    return with_session(a_session(account)), account


def _file(export: Export) -> str:
    return f"{PAGE}{export.id}/tep/"


def _forget_proof() -> None:
    Session.objects.update(proved_at=utc_now() - timedelta(minutes=21))


# --- asking ---------------------------------------------------------------------------------------


def test_details_lead_to_it() -> None:
    assert f'href="{PAGE}"' in at_home().get("/tai-khoan/").content.decode()


def test_owner_asks_watches_and_fetches() -> None:
    client, _account = _home()
    assert f'href="{ASK}"' in client.get(PAGE).content.decode()
    assert client.get(ASK).content.decode().count(" checked") == 3
    sent = {"pdf": "1", "csv": "1", "json": "1"}
    answer = client.post(ASK, sent, headers={"User-Agent": FIREFOX})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    page = text_of(client.get(PAGE))
    assert "Đang lập bản hồ sơ" in page
    assert "Firefox trên Linux" in page
    assert "PDF, CSV, JSON" in page
    assert "Xem lại" in page
    export = Export.objects.get()
    making.make_export(ticket=ticket_of(export))
    assert "Tải về máy này" in text_of(client.get(PAGE))
    answer = client.post(_file(export), headers={"User-Agent": FIREFOX})
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="ho-so-vssid-20')
    assert answer["Content-Length"] == str(len(answer.content))
    assert answer["Cache-Control"] == "private, no-store"
    assert "ho-so.pdf" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert "Tải lại" in text_of(client.get(PAGE))


def test_no_format_is_answered_with_a_sentence() -> None:
    client, _account = _home()
    answer = client.post(ASK, {})
    assert answer.status_code == 422
    assert "Xin chọn ít nhất một dạng tệp" in text_of(answer)
    assert not Export.objects.exists()


def test_second_wish_is_answered_with_a_sentence() -> None:
    client, account = _home()
    asked(account)
    answer = client.post(ASK, {"json": "1"})
    assert answer.status_code == 422
    assert "Xin quay lại «Tải hồ sơ của tôi»" in text_of(answer)
    assert Export.objects.count() == 1


def test_too_many_in_a_day_are_answered_with_the_wait(settings: Any) -> None:
    settings.VSSID_EXPORTS_PER_DAY = 0
    client, _account = _home()
    answer = client.post(ASK, {"json": "1"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 80_000
    assert "Xin thử lại sau 24 giờ" in text_of(answer)


def test_old_proof_is_asked_again_and_the_choice_is_kept() -> None:
    client, _account = _home()
    _forget_proof()
    answer = client.post(ASK, {"csv": "1"})
    assert answer["Location"].startswith("/xac-nhan-lai/?tiep=")
    assert not Export.objects.exists()
    Session.objects.update(proved_at=utc_now())
    kept = client.get(answer["Location"].partition("tiep=")[2].replace("%3F", "?").replace(
        "%3D", "=").replace("%2F", "/"))  # fmt: skip
    html = kept.content.decode()
    assert html.count(" checked") == 1
    assert 'name="csv" value="1" checked' in html


# --- held -----------------------------------------------------------------------------------------


def test_held_account_reads_until_when_and_is_offered_nothing() -> None:
    client, account = _home()
    until = utc_now() + timedelta(hours=5)
    Account.objects.update(changes_held_until=until)
    for address in (PAGE, ASK):
        page = client.get(address)
        assert format_datetime(until) in text_of(page)
        assert "Việc tải hồ sơ cũng phải chờ" in text_of(page)
        assert "Lập bản hồ sơ" not in text_of(page)
        assert f'href="{ASK}"' not in page.content.decode()
    answer = client.post(ASK, {"json": "1"})
    assert answer.status_code == 429
    assert format_datetime(until) in text_of(answer)
    assert not Export.objects.filter(account=account).exists()


def test_ready_export_is_not_handed_out_while_held() -> None:
    client, account = _home()
    export = ready(account)
    until = utc_now() + timedelta(hours=5)
    Account.objects.update(changes_held_until=until)
    assert "Tải về máy này" not in text_of(client.get(PAGE))
    answer = client.post(_file(export))
    assert answer.status_code == 429
    assert format_datetime(until) in text_of(answer)
    export.refresh_from_db()
    assert export.state == "ready"


# --- watching -------------------------------------------------------------------------------------


def test_progress_is_told_in_percent_and_in_words() -> None:
    client, account = _home()
    work = begun(asked(account))
    exports.note_progress(work=work, stage=ExportStage.PDF, percent=70, now=utc_now())
    for address in (PAGE, PROGRESS):
        answer = client.get(address)
        assert "Đang lập bản PDF" in text_of(answer)
        assert 'value="70" max="100"' in answer.content.decode()
    assert 'data-state="working"' in client.get(PROGRESS).content.decode()


@pytest.mark.parametrize("end", ["ready", "failed", "none"])
def test_progress_says_when_it_is_over(end: str) -> None:
    client, account = _home()
    if end == "ready":
        ready(account)
    elif end == "failed":
        exports.fail_export(work=begun(asked(account)), reason=ExportReason.LOST, now=utc_now())
    answer = client.get(PROGRESS)
    assert 'data-state="over"' in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (ExportReason.NO_SPACE, "Xin thử lại sau khoảng một giờ"),
        (ExportReason.TYPESETTING, "chỉ chọn CSV, JSON"),
        (ExportReason.LOST, "bị ngắt giữa chừng"),
        (ExportReason.UNKNOWN, "gọi tổng đài"),
    ],
)
def test_failure_says_why_and_what_to_do(reason: ExportReason, said: str) -> None:
    client, account = _home()
    exports.fail_export(work=begun(asked(account)), reason=reason, now=utc_now())
    page = client.get(PAGE)
    assert said in text_of(page)
    assert "Yêu cầu lại" in text_of(page)
    assert f'href="{ASK}"' in page.content.decode()


# --- fetching -------------------------------------------------------------------------------------


def test_looking_at_the_link_fetches_nothing() -> None:
    client, account = _home()
    export = ready(account)
    assert client.get(_file(export))["Location"] == PAGE
    assert not Event.objects.filter(act="export.fetch").exists()


def test_past_its_minutes_it_is_gone_with_a_sentence() -> None:
    client, account = _home()
    export = ready(account)
    client.post(_file(export))
    Export.objects.update(fetched_at=utc_now() - timedelta(minutes=11))
    answer = client.post(_file(export))
    assert answer.status_code == 422
    assert "đã tải xong và được xóa" in text_of(answer)


def test_old_proof_hands_nothing_out() -> None:
    client, account = _home()
    export = ready(account)
    _forget_proof()
    assert client.post(_file(export))["Location"].startswith("/xac-nhan-lai/")
    export.refresh_from_db()
    assert export.state == "ready"


@pytest.mark.parametrize("whose", ["somebody else's", "nobody's"])
def test_other_s_export_is_not_found_and_that_is_logged(whose: str) -> None:
    client, account = _home()
    ready(account)
    theirs = ready(an_account(KHOA))
    address = _file(theirs) if whose == "somebody else's" else f"{PAGE}{uuid4()}/tep/"
    with capture_logs() as lines:
        assert client.post(address).status_code == 404
    (line,) = [one for one in lines if one["event"] == "refused"]
    assert (line["route"], line["status"]) == ("tai-khoan/tai-ve/<uuid:export>/tep/", 404)
    assert HONG.number not in str(line)
    theirs.refresh_from_db()
    assert theirs.state == "ready"


def test_ended_session_hands_nothing_out() -> None:
    client, account = _home()
    export = ready(account)
    sign_out(number=HONG.number, session_id=live_session(account), now=utc_now())
    for one in (client, Client()):
        assert one.post(_file(export))["Location"].startswith("/dang-nhap/")
    export.refresh_from_db()
    assert export.state == "ready"


def test_next_session_of_the_owner_fetches_it() -> None:
    _client, account = _home()
    export = ready(account)
    sign_out(number=HONG.number, session_id=live_session(account), now=utc_now())
    assert with_session(a_session(account)).post(_file(export)).status_code == 200


# --- seen afterwards ------------------------------------------------------------------------------


def test_what_was_fetched_stands_among_the_looks_with_its_device() -> None:
    client, account = _home()
    export = ready(account)
    client.post(_file(export), headers={"User-Agent": FIREFOX})
    page = text_of(client.get("/tai-khoan/ai-da-xem/?xem=tat-ca"))
    assert "Yêu cầu tải toàn bộ hồ sơ: Firefox trên Linux" in page
    assert "Lập xong bản hồ sơ để tải" in page
    assert "Tải toàn bộ hồ sơ về máy: Firefox trên Linux" in page


def test_earlier_ones_are_listed_with_what_became_of_them() -> None:
    client, account = _home()
    ready(account)
    exports.sweep_exports(now=utc_now() + timedelta(hours=25))
    page = text_of(client.get(PAGE))
    assert "Các lần trước" in page
    assert "Quá hạn tải" in page
    assert "Yêu cầu bản hồ sơ" in page
