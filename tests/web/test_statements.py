"""«Giấy xác nhận»: taken, saved, printed and taken back by its owner or their guardian."""

import io
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.conf import settings
from django.test import Client

from tests.documents.signed import validated
from tests.insurance.building import AN, BINH, CLERK, a_life, a_period, a_person, stored
from tests.web.others import born_years_ago, shared
from tests.web.signing_in import signed_in
from tests.web.visiting import text_of
from vssid.accounts.models import Account
from vssid.audit.models import Event
from vssid.insurance.papers.codes import display_code
from vssid.insurance.papers.models import HistoryStatement
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.months import Month
from vssid.people.commands import open_guardianship
from vssid.people.models import Person

pytestmark = pytest.mark.django_db

LIST = "/giay-xac-nhan/"


@pytest.fixture
def an() -> Client:
    """An, who has paid a year."""
    stored(a_life(periods=[a_period(), a_period(from_month=202601, to_month=202602, state="late")]))
    return signed_in(AN)


def taken(client: Client, address: str = LIST) -> str:
    """The address of a statement that was just taken."""
    answer = client.post(address)
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


def code_of(answer: Any) -> str:
    found = re.search(r"\b([0-9B-Z]{4}(?:-[0-9B-Z]{4}){3})\b", text_of(answer))
    assert found
    return found[1]


@pytest.mark.parametrize("fund", ["bhxh", "bhtn", "bhtnld-bnn"])
def test_history_has_the_button(fund: str) -> None:
    stored(a_life(periods=[a_period(fund=fund)]))
    page = signed_in(AN).get(f"/qua-trinh-tham-gia/{fund}/").content.decode()
    form = page.split(f'action="{LIST}"')[1].split("</form>")[0]
    assert "Lấy giấy xác nhận (PDF)" in form
    assert "csrfmiddlewaretoken" in form


def test_history_without_a_month_or_of_bhyt_has_none() -> None:
    stored(a_life(periods=[a_period(fund="bhyt", kind="household")]))
    client = signed_in(AN)
    for fund in ("bhxh", "bhyt"):
        assert LIST not in client.get(f"/qua-trinh-tham-gia/{fund}/").content.decode()


def test_taking_one_leads_to_its_page_with_file_code_and_address(
    an: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VSSID_PUBLIC_URL", "https://vssid.example.vn")
    address = taken(an)
    answer = an.get(address)
    said = text_of(answer)
    issued = HistoryStatement.objects.get()
    assert code_of(answer) == display_code(issued.code)
    for words in ("Lưu file", "In", "https://vssid.example.vn/kiem-tra-giay/", "Thu hồi giấy này"):
        assert words in said
    assert "1 năm" in said
    assert "Chậm đóng: 2 tháng" in said
    funds = ["Bảo hiểm xã hội", "Bảo hiểm thất nghiệp", "Bảo hiểm tai nạn lao động"]
    assert sorted(funds, key=said.split("Nội dung giấy")[1].index) == funds
    assert "None" not in said


def test_page_and_paper_tell_voluntary_and_early_months_apart_and_count_no_future() -> None:
    today = vietnam_today(utc_now())
    first = Month.of(today) - 4
    stored(
        a_life(
            periods=[
                a_period(from_month=199301, to_month=199412),
                a_period(from_month=202001, to_month=202006, kind="voluntary", employer_name=""),
                a_period(from_month=first.yyyymm, to_month=209912),
            ]
        )
    )
    client = signed_in(AN)
    address = taken(client)
    said = text_of(client.get(address))
    assert "2 năm 10 tháng Bắt buộc 2 năm 4 tháng, tự nguyện 6 tháng Trước năm 1995: 2 năm" in said
    printed = pypdf.PdfReader(io.BytesIO(client.get(f"{address}giay.pdf").content)).pages[0]
    text = " ".join(printed.extract_text().split())
    assert f"{first} nay 4" in text
    assert "2099" not in text


def test_file_is_the_signed_one_and_never_kept_by_browsers(an: Client) -> None:
    address = taken(an)
    code = display_code(HistoryStatement.objects.get().code)
    for query, how in (("", "inline"), ("?tai=1", "attachment")):
        answer = an.get(f"{address}giay.pdf{query}")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'{how}; filename="giay-xac-nhan-{code}.pdf"'
        assert answer["Cache-Control"] == "private, no-store"
        assert validated(answer.content).bottom_line
    text = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert code in text


def test_qr_leads_to_the_page_that_checks(an: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_PUBLIC_URL", "http://testserver")
    taken(an)
    code = display_code(HistoryStatement.objects.get().code)
    answer = Client().get(f"/kiem-tra-giay/{code}/")
    assert answer.status_code == 200
    assert "Giấy đúng" in text_of(answer)


def test_list_shows_what_can_be_downloaded(an: Client) -> None:
    assert "Chưa có giấy nào còn hạn" in text_of(an.get(LIST))
    address = taken(an)
    page = an.get(LIST).content.decode()
    assert f'href="{address}"' in page
    HistoryStatement.objects.update(issued_at=utc_now() - settings.VSSID_STATEMENT_KEPT)
    assert address not in an.get(LIST).content.decode()
    assert "Giấy này đã hết hạn" in text_of(an.get(address))


def test_list_is_never_answered_from_a_copy(an: Client) -> None:
    assert "ETag" not in an.get(LIST)


def test_same_day_gives_the_same_page(an: Client) -> None:
    assert taken(an) == taken(an)


def test_nothing_to_state_is_said_with_the_next_step() -> None:
    stored(a_life())
    answer = signed_in(AN).post(LIST)
    assert answer.status_code == 409
    assert "Chưa có quá trình đóng nào để xác nhận" in text_of(answer)


def test_too_many_in_a_day_wait(an: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_STATEMENTS_A_DAY", 1)
    address = taken(an)
    stored(a_life(periods=[a_period(salary=1)]))
    answer = an.post(LIST)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 86_000
    assert "Hôm nay bạn đã lấy nhiều giấy xác nhận" in text_of(answer)
    assert "xin thử lại sau 24 giờ" in text_of(answer)
    # What was taken before is still there.
    assert f'href="{address}"' in answer.content.decode()


def test_after_a_reset_taking_and_saving_wait(an: Client) -> None:
    address = taken(an)
    Account.objects.update(changes_held_until=utc_now() + timedelta(hours=5))
    stored(a_life(periods=[a_period(salary=1)]))
    for answer in (an.post(LIST), an.get(f"{address}giay.pdf")):
        assert answer.status_code == 429
        assert "việc này chỉ làm được từ" in text_of(answer)
    assert HistoryStatement.objects.count() == 1


def test_signer_that_is_gone_is_said_and_nothing_is_left(
    an: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VSSID_DEMO", False)
    monkeypatch.setattr(settings, "VSSID_SIGNING_FILE", "/nowhere/signing.pem")
    answer = an.post(LIST)
    assert answer.status_code == 503
    assert "Hệ thống tạm thời chưa ký được giấy" in text_of(answer)
    assert not HistoryStatement.objects.exists()


# --- taking back ----------------------------------------------------------------------------------


def test_taking_back_asks_then_erases_the_file(an: Client) -> None:
    address = taken(an)
    asked = an.get(f"{address}thu-hoi/")
    assert "Thu hồi giấy" in text_of(asked)
    assert HistoryStatement.objects.get().revoked_at is None
    assert an.post(f"{address}thu-hoi/")["Location"] == address
    said = text_of(an.get(address))
    assert "Giấy này đã được thu hồi" in said
    assert "Lưu file" not in said
    gone = an.get(f"{address}giay.pdf")
    assert gone.status_code == 409
    assert "File của giấy này không còn nữa" in text_of(gone)
    assert an.get(f"{address}thu-hoi/")["Location"] == address


# --- whose it is ----------------------------------------------------------------------------------


@pytest.mark.parametrize("below", ["", "giay.pdf", "thu-hoi/"])
def test_statement_of_somebody_else_is_not_there(an: Client, below: str) -> None:
    address = taken(an)
    stored(a_life(a_person(BINH), periods=[a_period(BINH)]))
    other = signed_in(BINH)
    assert other.get(f"{address}{below}").status_code == 404
    assert other.get(f"{LIST}{uuid4()}/{below}").status_code == 404
    assert other.post(f"{address}thu-hoi/").status_code == 404
    assert HistoryStatement.objects.get().revoked_at is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_visitor_is_led_to_sign_in(method: str) -> None:
    answer = getattr(Client(), method)(LIST)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap/")


def _guarded(years: int = 9, days: int = 0) -> Any:
    person = a_person(BINH, full_name="Lê Bình", birth_date=born_years_ago(years, days=days))
    stored(a_life(), a_life(person, periods=[a_period(BINH)]))
    today = vietnam_today(utc_now())
    return open_guardianship(guardian=AN, child=BINH, relation="mother", on=today, by=CLERK)


def test_guardian_takes_one_for_the_child() -> None:
    child = _guarded().id
    guardian = signed_in(AN)
    address = taken(guardian, f"/con/{child}{LIST}")
    assert address.startswith(f"/con/{child}{LIST}")
    said = text_of(guardian.get(address))
    assert "Hồ sơ của Lê Bình" in said
    assert BINH in said
    assert guardian.get(f"{address}giay.pdf").content.startswith(b"%PDF-")
    assert (
        f"/con/{child}{LIST}"
        in guardian.get(f"/con/{child}/qua-trinh-tham-gia/bhxh/").content.decode()
    )
    issued = HistoryStatement.objects.get()
    assert (issued.person_id, issued.issued_to) == (BINH, f"citizen:{AN}")
    assert Event.objects.filter(act="statement.issue", subject=BINH, actor=AN).exists()
    # The guardian's own record has none.
    assert guardian.get(address.replace(f"/con/{child}", "")).status_code == 404


@pytest.mark.parametrize(("days", "is_given"), [(-1, True), (0, False), (1, False)])
def test_guardian_takes_one_until_the_fifteenth_birthday(days: int, *, is_given: bool) -> None:
    child, guardian = _guarded(15, days=days).id, signed_in(AN)
    history = guardian.get(f"/con/{child}/qua-trinh-tham-gia/bhxh/").content.decode()
    assert ("Lấy giấy xác nhận" in history) is is_given
    assert guardian.get(f"/con/{child}{LIST}").status_code == (200 if is_given else 403)
    assert guardian.post(f"/con/{child}{LIST}").status_code == (302 if is_given else 403)
    assert HistoryStatement.objects.exists() is is_given


def test_one_that_was_taken_is_the_childs_alone_from_fifteen_on() -> None:
    child, guardian = _guarded(14).id, signed_in(AN)
    address = taken(guardian, f"/con/{child}{LIST}")
    Person.objects.filter(number=BINH).update(birth_date=born_years_ago(15))
    for below in ("", "giay.pdf", "giay.pdf?tai=1", "thu-hoi/"):
        answer = guardian.get(f"{address}{below}")
        assert answer.status_code == 403
        said = text_of(answer)
        assert "Phần này chỉ Lê Bình xem được" in said
        assert "Tiền lương không hiện" in said
    assert guardian.post(f"{address}thu-hoi/").status_code == 403
    assert HistoryStatement.objects.get().revoked_at is None


@pytest.mark.parametrize("below", ["", "{id}/", "{id}/thu-hoi/"])
def test_pages_of_a_childs_paper_say_whose_it_is(below: str) -> None:
    child, guardian = _guarded().id, signed_in(AN)
    taken(guardian, f"/con/{child}{LIST}")
    issued = HistoryStatement.objects.get().id
    html = guardian.get(f"/con/{child}{LIST}{below.format(id=issued)}").content.decode()
    assert re.search(r"<title>[^<]+ của Lê Bình – VssID", html)
    assert "Hồ sơ của Lê Bình" in html
    assert "Về hồ sơ của tôi" in html


def test_reader_of_a_shared_record_takes_none() -> None:
    _guarded(40)
    signed_in(BINH, phone="+84912345679")
    share, reader = shared(), signed_in(AN)
    assert "Lấy giấy" not in text_of(reader.get(f"/xem-ho/{share.id}/qua-trinh-tham-gia/bhxh/"))
    for method in (reader.get, reader.post):
        assert method(f"/xem-ho/{share.id}{LIST}").status_code == 404
    assert not HistoryStatement.objects.exists()


def test_ended_guardianship_takes_nothing() -> None:
    child = _guarded()
    child.to_date = child.from_date - timedelta(days=1)
    type(child).objects.filter(id=child.id).update(
        from_date=child.from_date - timedelta(days=9), to_date=child.to_date
    )
    assert signed_in(AN).post(f"/con/{child.id}{LIST}").status_code == 404
    assert not HistoryStatement.objects.exists()


# --- what the owner reads -------------------------------------------------------------------------


def test_owner_reads_who_checked_and_that_one_was_taken(an: Client) -> None:
    taken(an)
    code = display_code(HistoryStatement.objects.get().code)
    assert Client().get(f"/kiem-tra-giay/{code}/").status_code == 200
    said = text_of(an.get("/tai-khoan/ai-da-xem/"))
    assert "Người có mã hoặc file của giấy, trên trang kiểm tra giấy" in said
    assert "Kiểm tra giấy xác nhận của bạn" in said
    assert f"Giấy xác nhận {code}" in said
    assert "Xem hồ sơ của bạn" not in said
    everything = text_of(an.get("/tai-khoan/ai-da-xem/?xem=tat-ca"))
    assert "Lấy giấy xác nhận quá trình đóng" in everything
