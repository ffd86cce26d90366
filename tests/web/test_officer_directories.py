"""«Danh bạ»: operators take a directory, bring it back, see what changes, apply that very file."""

import csv
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError
from django.test import Client

from tests.factories import HA_NOI, an_officer
from tests.web.visiting import at_desk, text_of
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.files.commands import erase_expired
from vssid.files.models import StoredFile
from vssid.kernel.clock import utc_now
from vssid.reference.exchange import commands
from vssid.reference.exchange.sheets import EMPLOYERS, SHEETS
from vssid.reference.models import Employer
from vssid.staff.models import Role
from vssid.web.officer.directories import words

pytestmark = pytest.mark.django_db

ALL = "/can-bo/danh-ba/"
HOME = "/can-bo/danh-ba/don-vi/"
HEADER = ",".join(EMPLOYERS.header)
ROW = "TZ0001Z,Công ty Thử Nghiệm,,Số 1,,,,024 1234 5678,2,2001-02-03,,,"


@pytest.fixture
def operator() -> Client:
    """The browser of an operator."""
    officer = an_officer(Role.OPERATOR, HA_NOI, user_name="vinh", full_name="Lại Quang Vinh")
    return at_desk(officer)


@pytest.fixture(autouse=True)
def _one_of_the_demo() -> None:
    Employer.objects.create(
        code="TD0001Z", name="Xí nghiệp Minh Họa", wage_region=1, is_invented=True
    )


def send(client: Client, content: str | bytes, name: str = "ds.csv", **fields: str) -> object:
    """Upload a file, and see the page after it."""
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, data, content_type="text/csv")
    return client.post(HOME, {"directory_csv": file, **fields}, follow=True)


def seen(answer: object) -> str:
    """The mark of the report on the page."""
    found = re.search(r'name="seen" value="(\w+)"', answer.content.decode())  # type: ignore[attr-defined]
    assert found
    return found[1]


def address(answer: object) -> str:
    """Where the report is."""
    return answer.request["PATH_INFO"]  # type: ignore[attr-defined,no-any-return]


def test_operators_are_led_from_their_address_to_the_directories(operator: Client) -> None:
    answer = operator.get("/quan-tri/")
    assert answer["Location"] == "/can-bo/"
    assert f'href="{ALL}"' in operator.get("/can-bo/").content.decode()
    assert Client().get("/quan-tri/", follow=True).request["PATH_INFO"] == "/can-bo/dang-nhap/"


def test_u02_directories_show_entries_demo_and_who_brought_them_last(operator: Client) -> None:
    assert "Đơn vị tham gia BHXH 1 Lưu ý" not in text_of(operator.get(ALL))
    assert "Chưa nạp lần nào" in text_of(operator.get(ALL))
    report = send(operator, f"{HEADER}\n{ROW}\n")
    operator.post(address(report), {"seen": seen(report)})
    page = text_of(operator.get(ALL))
    assert "Đơn vị tham gia BHXH 2 1" in page
    assert "Lại Quang Vinh" in page


def test_u02_a_file_is_checked_then_the_very_file_is_applied(operator: Client) -> None:
    report = send(operator, f"{HEADER}\n{ROW}\n")
    assert "Mục mới 1" in text_of(report)
    assert not Employer.objects.filter(code="TZ0001Z").exists()

    done = operator.post(address(report), {"seen": seen(report)}, follow=True)

    assert "Đã áp dụng tệp. 1 mục mới, 0 mục đổi" in text_of(done)
    assert Employer.objects.get(code="TZ0001Z").name == "Công ty Thử Nghiệm"
    event = Event.objects.get(act="directory.import")
    assert (event.actor, event.office, event.subject) == ("vinh", HA_NOI, "employers")
    again = operator.post(address(report), {"seen": seen(report)}, follow=True)
    assert "Tệp này đã áp dụng hoặc đã quá 24 giờ" in text_of(again)
    assert Event.objects.filter(act="directory.import").count() == 1


def test_what_is_downloaded_comes_back_without_a_change(operator: Client) -> None:
    answer = operator.get(f"{HOME}tai-ve.csv")
    assert answer["Content-Disposition"].startswith('attachment; filename="don-vi-')
    assert answer.content.startswith(b"\xef\xbb\xbfcode,name")
    assert "Tệp giống hệt danh bạ" in text_of(send(operator, answer.content))
    assert Employer.objects.get().is_invented
    assert b"TD0001Z" not in operator.get(f"{HOME}tai-ve.csv?minh-hoa=khong").content


def test_report_says_old_and_new_of_each_field_and_which_demo_goes(operator: Client) -> None:
    Employer.objects.create(code="TZ0001Z", name="Công ty Cũ", address="Số 1", wage_region=2)
    report = send(operator, f"{HEADER}\n{ROW}\n", without_demo="1")
    page = text_of(report)
    assert "Tên: Công ty Cũ → Công ty Thử Nghiệm" in page
    assert "Sẽ bỏ 1 mục minh họa mà tệp không có." in page
    assert "Xí nghiệp Minh Họa" in page

    rows = list(
        csv.reader(operator.get(f"{address(report)}bao-cao.csv").content.decode().split("\n"))
    )
    assert ["demo-removed", "", "TD0001Z", "", "", "", "Xí nghiệp Minh Họa"] in rows
    operator.post(address(report), {"seen": seen(report)})
    assert list(Employer.objects.values_list("code", flat=True)) == ["TZ0001Z"]


def test_faults_are_told_in_the_readers_language_and_nothing_can_be_applied(
    operator: Client,
) -> None:
    report = send(operator, f"{HEADER}\n{ROW.replace(',2,', ',9,')}\n")
    assert "Tệp có 1 lỗi, chưa áp dụng được." in text_of(report)
    assert "Dòng 2 Vùng lương tối thiểu wage_region «9» không phải số từ 1 đến 4." in text_of(
        report
    )
    assert "Áp dụng tệp này" not in report.content.decode().partition("<main")[2]  # type: ignore[attr-defined]
    refused = operator.post(address(report), {"seen": "x"})
    assert refused.status_code == 409
    assert "Tệp có lỗi nên không áp dụng được" in text_of(refused)
    operator.cookies["ngon_ngu"] = "en"
    page = text_of(operator.get(address(report)))
    assert "The file has 1 fault(s)" in page
    assert "wage_region «9» is no number from 1 to 4." in page
    assert b"fault,2,,wage_region" in operator.get(f"{address(report)}bao-cao.csv").content


def test_a_directory_that_changed_in_between_is_shown_again(operator: Client) -> None:
    report = send(operator, f"{HEADER}\n{ROW}\n")
    Employer.objects.create(code="TZ0001Z", name="Người khác nạp", wage_region=2)

    answer = operator.post(address(report), {"seen": seen(report)})

    assert answer.status_code == 409
    assert "Danh bạ đã đổi từ lúc kiểm tra" in text_of(answer)
    assert "Người khác nạp → Công ty Thử Nghiệm" in text_of(answer)
    assert Employer.objects.get(code="TZ0001Z").name == "Người khác nạp"
    assert "Đã áp dụng tệp." in text_of(
        operator.post(address(report), {"seen": seen(answer)}, follow=True)
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp trống."),
        ("code".encode("utf-16"), "UTF-16"),
        (b"code\nB\xea\xf2nh", "dòng 2 có chữ không đọc được, có thể là windows-1258"),
        (b"PK\x03\x04", "Đây là tệp Excel"),
        (b"x," * 1_000_000, "Dòng đầu phải là: code,name"),
        (f'{HEADER}\nTZ0001Z,"Công ty\n'.encode(), "dấu ngoặc kép mở từ dòng này mà không đóng"),
        (b"<script>alert(1)</script>", "Dòng đầu phải là"),
    ],
)
def test_what_is_no_directory_is_refused_with_what_to_do(
    operator: Client, content: bytes, said: str
) -> None:
    answer = send(operator, content)
    assert said in text_of(answer)
    assert "<script>alert" not in answer.content.decode()  # type: ignore[attr-defined]
    assert Employer.objects.count() == 1


def test_too_large_a_file_and_none_at_all_are_told_at_the_field(
    operator: Client, settings: object
) -> None:
    settings.VSSID_DIRECTORY_MAX_BYTES = 1024 * 1024  # type: ignore[attr-defined]
    answer = send(operator, HEADER + "\n" + "x" * 1024 * 1024)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Tệp lớn hơn 1 MB" in text_of(answer)
    assert "Tệp trống" in text_of(operator.post(HOME, {"directory_csv": "not a file"}))
    assert not StoredFile.objects.exists()


def test_a_directorys_file_may_be_larger_than_a_photo(operator: Client, settings: object) -> None:
    settings.VSSID_PHOTO_MAX_BYTES = 10  # type: ignore[attr-defined]
    assert "Mục mới 1" in text_of(send(operator, f"{HEADER}\n{ROW}\n"))


def test_a_checked_file_is_its_operators_and_of_one_directory(operator: Client) -> None:
    report = send(operator, f"{HEADER}\n{ROW}\n")
    other = at_desk(an_officer(Role.OPERATOR, HA_NOI, user_name="khac"))
    here = address(report)
    for client, path in ((other, here), (operator, here.replace("don-vi", "diem-thu"))):
        answer = client.post(path, {"seen": seen(report)})
        assert answer["Location"].endswith("?xong=het")
    assert not Employer.objects.filter(code="TZ0001Z").exists()
    assert operator.get("/can-bo/danh-ba/khong-co/").status_code == 404


def test_a_checked_file_is_gone_after_a_day(operator: Client) -> None:
    report = send(operator, f"{HEADER}\n{ROW}\n")
    erase_expired(now=utc_now() + timedelta(hours=25), by=Actor.system("tests"))
    assert "đã quá 24 giờ" in text_of(operator.get(address(report), follow=True))
    answer = operator.get(f"{address(report)}bao-cao.csv", follow=True)
    assert "đã quá 24 giờ" in text_of(answer)


def test_apply_without_having_seen_the_report_is_refused(operator: Client) -> None:
    report = send(operator, f"{HEADER}\n{ROW}\n")
    assert operator.post(address(report)).status_code == 409
    assert not Employer.objects.filter(code="TZ0001Z").exists()


def test_a_form_of_another_site_brings_nothing() -> None:
    officer = an_officer(Role.OPERATOR, HA_NOI, user_name="vinh")
    client = at_desk(officer)
    client.handler.enforce_csrf_checks = True
    answer = client.post(HOME, {"directory_csv": SimpleUploadedFile("a.csv", HEADER.encode())})
    assert answer.status_code == 403
    assert not StoredFile.objects.exists()


def test_far_places_are_warned_of_on_the_page(operator: Client) -> None:
    row = ROW.replace("Số 1,,,", "Số 1,00004,10.770000,106.690000")
    page = text_of(send(operator, f"{HEADER}\n{row}\n"))
    assert "Nên xem lại: 1" in page
    assert "toạ độ cách Phường Ba Đình 1.1" in page


def test_columns_of_every_directory_have_words() -> None:
    named = {name for sheet, _ in words.SHEETS.values() for name in sheet.header}
    assert named == set(words.COLUMNS)
    assert {sheet.name for sheet, _ in words.SHEETS.values()} == set(SHEETS)


def test_nothing_is_applied_when_its_event_cannot_be_written(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = send(operator, f"{HEADER}\n{ROW}\n")

    def fail(**_event: object) -> None:
        raise RuntimeError("no audit")

    with monkeypatch.context() as broken:
        broken.setattr(commands, "record_event", fail)
        with pytest.raises(RuntimeError):
            operator.post(address(report), {"seen": seen(report)})

    assert not Employer.objects.filter(code="TZ0001Z").exists()
    assert "Mục mới 1" in text_of(operator.get(address(report))), "the file is still there"


def test_rows_that_the_database_refuses_are_told_and_leave_nothing(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_rows: object) -> None:
        raise DataError("value too long")

    monkeypatch.setattr(commands, "_write", refuse)
    answer = send(operator, f"{HEADER}\n{ROW}\n")
    assert "Cơ sở dữ liệu không nhận các dòng của tệp" in text_of(answer)
    assert not StoredFile.objects.exists()
