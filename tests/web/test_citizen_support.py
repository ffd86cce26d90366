"""«Báo sai sót» and «Phản ánh kiến nghị»: what people see, send, and never see of others."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.factories import HA_NOI, HONG, KHOA, a_session, an_account, an_officer, drawn
from tests.insurance.building import (
    CLERK,
    a_benefit,
    a_card,
    a_life,
    a_period,
    a_person,
    a_visit,
    stored,
)  # fmt: skip
from tests.support.reporting import NUMBER, a_line, a_record, report
from tests.support.test_opening import PDF
from tests.web.others import born_years_ago, shared
from tests.web.visiting import at_home, text_of, typed_in, upload, with_session
from vssid.accounts.models import Account
from vssid.audit.models import Event
from vssid.files.models import StoredFile
from vssid.insurance.lines import LineKind
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.people.commands import open_guardianship
from vssid.people.models import Person
from vssid.support.commands import moving
from vssid.support.models import Petition, PetitionFile, State
from vssid.support.rules import display_code
from vssid.web.citizen.support.marks import mark_of

pytestmark = pytest.mark.django_db

REPORT, LIST = "/ho-tro/phan-anh/bao-sai-sot/", "/ho-tro/phan-anh/"
WORDS = "Tháng 03/2025 tôi vẫn đi làm.\nCông ty đã trừ lương."
CHILD = "0198000055"


def _at_home() -> Client:
    return with_session(a_session(a_record()))


def _place(kind: LineKind = LineKind.PERIOD, number: str = NUMBER) -> dict[str, str]:
    """What names the line in an address and in a form."""
    row = a_line(kind, number).row
    return {"ho-so": mark_of(number), "muc": kind.value, "dong": str(row or "")}


def _send(client: Client, place: dict[str, str], **sent: Any) -> Any:
    return client.post(REPORT, {**place, "words": WORDS, "wished": "Đủ 12 tháng", **sent})


def _reported(client: Client, place: dict[str, str], **sent: Any) -> Petition:
    answer = _send(client, place, **sent, viec="gui")
    assert answer.status_code == 302, text_of(answer)
    return Petition.objects.latest("opened_at")


def _address(petition: Petition, rest: str = "") -> str:
    return f"{LIST}{display_code(petition.code)}/{rest}"


def _child_of_hong(years: int = 9, *, days: int = 0) -> None:
    """With a line of each kind."""
    born = born_years_ago(years, days=days)
    person = a_person(CHILD, full_name="Nguyễn Bảo Châu", birth_date=born)
    stored(
        a_life(
            person,
            cards=[a_card(CHILD)],
            periods=[a_period(CHILD)],
            benefits=[a_benefit(CHILD)],
            visits=[a_visit(CHILD)],
        )
    )
    open_guardianship(
        guardian=NUMBER, child=CHILD, relation="mother", on=vietnam_today(utc_now()), by=CLERK
    )


# --- the link at every line -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("/the-bhyt/", LineKind.CARD),
        ("/qua-trinh-tham-gia/bhxh/", LineKind.PERIOD),
        ("/thong-tin-huong/ngan-han/", LineKind.BENEFIT),
        ("/so-kham-chua-benh/2025/", LineKind.VISIT),
        ("/quan-ly-ca-nhan/", LineKind.PERSON),
    ],
)
def test_every_line_leads_to_its_report(page: str, kind: LineKind) -> None:
    client = _at_home()
    (address,) = re.findall(
        r'class="report-link" href="([^"]+)"', client.get(page).content.decode()
    )
    shown = client.get(address.replace("&amp;", "&"))
    assert shown.status_code == 200
    said = text_of(shown)
    assert "Sai ở chỗ nào?" in said
    assert "None" not in said
    place = _place(kind)
    assert place["muc"] in address
    assert place["dong"] in address


# --- reporting ------------------------------------------------------------------------------------


def test_form_then_last_look_then_code() -> None:
    client = _at_home()
    place = _place()
    shown = text_of(client.get(REPORT, place))
    assert "Công ty TNHH Thử nghiệm" in shown
    assert "01/2025 – 12/2025" in shown
    look = _send(client, place)
    said = text_of(look)
    for text in ("Tháng 03/2025 tôi vẫn đi làm.", "Đủ 12 tháng", "BHXH cơ sở", "Trả lời chậm nhất"):
        assert text in said
    assert not Petition.objects.exists()
    answer = client.post(REPORT, {**typed_in(look), "viec": "gui"})
    petition = Petition.objects.get()
    assert answer["Location"] == f"{_address(petition)}?moi=1"
    assert petition.words == WORDS
    page = text_of(client.get(answer["Location"]))
    for text in (display_code(petition.code), "Đã gửi phản ánh", "Bước 1/4", "Chậm nhất ngày"):
        assert text in page


def test_values_in_the_address_are_never_believed() -> None:
    client = _at_home()
    place = {**_place(), "employer_name": "Công ty Bịa", "salary": "99000000"}
    petition = _reported(client, place)
    assert petition.quote["values"]["employer_name"] == "Công ty TNHH Thử nghiệm"
    assert petition.quote["values"]["salary"] == 6_000_000


def test_nothing_typed_is_lost_when_words_are_missing() -> None:
    client = _at_home()
    answer = _send(client, _place(), words="", photo=upload(drawn("front")))
    assert answer.status_code == 422
    said = text_of(answer)
    assert "Xin viết dòng này sai ở chỗ nào." in said
    assert "Bỏ ảnh đã chọn số 1" in said
    assert "Đủ 12 tháng" in said
    parcel = typed_in(answer)["phieu"]
    petition = _reported(client, _place(), phieu=parcel)
    assert PetitionFile.objects.get().petition == petition.id


def test_correcting_goes_back_to_the_form_as_it_was() -> None:
    client = _at_home()
    place = _place()
    look = _send(client, place, pdf=upload(PDF, "hop-dong.pdf"))
    again = client.post(REPORT, {**typed_in(look), "viec": "sua"})
    assert again.status_code == 200
    assert "Bỏ tệp PDF đã chọn số 1" in text_of(again)
    assert "Tháng 03/2025 tôi vẫn đi làm." in text_of(again)


def test_paper_crossed_out_is_left_out() -> None:
    client = _at_home()
    place = _place()
    first = _send(client, place, photo=upload(drawn("front")), viec="them")
    second = _send(
        client, place, phieu=typed_in(first)["phieu"], pdf=upload(PDF, "a.pdf"), viec="them"
    )
    photo = StoredFile.objects.get(media_type="image/jpeg").id
    _reported(client, place, phieu=typed_in(second)["phieu"], bo=photo.hex)
    assert PetitionFile.objects.get().media_type == "application/pdf"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("photo", b"GIF89a", "không phải là ảnh"),
        ("photo", b"", "Chưa có ảnh nào được gửi lên"),
        ("pdf", b"", "trống hoặc không phải là PDF"),
        ("pdf", b"PK\x03\x04 docx", "trống hoặc không phải là PDF"),
        ("pdf", b"%PDF-1.7 cut off", "chưa tải lên hết"),
        ("photo", b"\xff\xd8\xff" + bytes(11 * 1024 * 1024), "Ảnh nặng quá 10 MB"),
        ("pdf", PDF + bytes(11 * 1024 * 1024), "Tệp PDF nặng quá 5 MB"),
    ],
)
def test_paper_that_cannot_be_read_is_said_at_its_field(
    name: str, content: bytes, said: str
) -> None:
    client = _at_home()
    answer = _send(client, _place(), **{name: upload(content)}, viec="gui")
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "Tháng 03/2025" in text_of(answer)
    assert not Petition.objects.exists()


def test_sending_twice_makes_one_petition() -> None:
    client = _at_home()
    look = _send(client, _place())
    sent = {**typed_in(look), "viec": "gui"}
    first, second = client.post(REPORT, sent), client.post(REPORT, sent)
    petition = Petition.objects.get()
    assert first["Location"].startswith(_address(petition))
    assert second["Location"].startswith(_address(petition))


def test_line_reported_already_leads_to_its_petition() -> None:
    client = _at_home()
    place = _place()
    petition = _reported(client, place)
    wanted = f"{_address(petition)}?da-bao=1"
    assert client.get(REPORT, place)["Location"] == wanted
    assert _send(client, place, viec="gui")["Location"] == wanted
    assert "Dòng này đã được báo" in text_of(client.get(wanted))


def test_line_that_is_gone_is_said_with_the_next_step() -> None:
    client = _at_home()
    answer = client.get(REPORT, {**_place(), "dong": str(uuid4())})
    assert answer.status_code == 404
    assert "không còn trong hồ sơ" in text_of(answer)
    assert "Mở hồ sơ của tôi" in text_of(answer)


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"muc": "nha"},
        {"muc": "qua-trinh"},
        {"muc": "qua-trinh", "dong": "1 OR 1=1"},
        {"muc": "ban-than", "ho-so": "nonsense"},
    ],
)
def test_what_names_no_line_is_not_found(place: dict[str, str]) -> None:
    assert _at_home().get(REPORT, place).status_code == 404


def test_office_that_nobody_knows_is_said_before_sending() -> None:
    client = _at_home()
    Account.objects.update(address_province="", address_commune="")
    place = _place(LineKind.PERSON)
    stored(a_life(a_person(NUMBER)))
    answer = _send(client, place)
    assert answer.status_code == 422
    assert "Chưa biết cơ quan BHXH nào phụ trách" in text_of(answer)


def test_too_many_in_a_day_says_how_long_to_wait(settings: Any) -> None:
    settings.VSSID_PETITIONS_PER_DAY = 1
    client = _at_home()
    _reported(client, _place())
    answer = _send(client, _place(LineKind.CARD), viec="gui")
    assert answer.status_code == 429
    assert "Bạn đã gửi 1 phản ánh trong một ngày. Xin chờ 24 giờ" in text_of(answer)
    assert WORDS.splitlines()[0] in text_of(answer)


# --- other people's -------------------------------------------------------------------------------


def test_line_of_another_person_is_not_found_and_its_owner_reads_who_came() -> None:
    owner = _at_home()
    stranger = at_home(KHOA)
    place = _place()
    for _ in range(2):
        answer = stranger.get(REPORT, place)
        assert answer.status_code == 404
        assert "Công ty TNHH Thử nghiệm" not in text_of(answer)
    event = Event.objects.get(act="petition.turned-away")
    assert (event.subject, event.actor) == (NUMBER, KHOA.number)
    looks = text_of(owner.get("/tai-khoan/ai-da-xem/"))
    assert "đã bị từ chối, không xem được gì" in looks
    assert "Người khác, mã số 0198***002" in looks


@pytest.mark.parametrize("rest", ["", "dong/", f"tep/{UUID(int=7)}/"])
def test_petition_of_another_person_is_not_found_and_its_owner_reads_who_came(rest: str) -> None:
    a_record()
    petition = report()
    stranger = at_home(KHOA)
    for answer in (stranger.get(_address(petition, rest)), stranger.post(_address(petition, rest))):
        assert answer.status_code == 404
    assert Event.objects.filter(act="petition.turned-away", subject=NUMBER).count() == 1
    assert Petition.objects.get().state == State.RECEIVED


@pytest.mark.parametrize("code", ["PA-0000-0001", "x", "PA-7F3K-92QD"])
def test_unknown_code_is_not_found(code: str) -> None:
    client = at_home()
    assert client.get(f"{LIST}{code}/").status_code == 404
    assert not Event.objects.filter(act="petition.turned-away").exists()


def test_guardian_reports_and_follows_a_childs_line() -> None:
    client = _at_home()
    _child_of_hong()
    place = _place(number=CHILD)
    assert "Bạn đang báo thay cho con" in text_of(client.get(REPORT, place))
    petition = _reported(client, place)
    assert (petition.number, petition.sender) == (CHILD, NUMBER)
    listed = text_of(client.get(LIST))
    assert "Về Nguyễn Bảo Châu" in listed
    assert display_code(petition.code) in listed
    assert client.get(_address(petition)).status_code == 200
    assert Event.objects.filter(act="record.look", subject=CHILD, actor=NUMBER).exists()


@pytest.mark.parametrize(
    ("kind", "until"),
    [
        (LineKind.CARD, 18),
        (LineKind.PERIOD, 15),
        (LineKind.BENEFIT, 15),
        (LineKind.VISIT, 7),
        (LineKind.PERSON, 16),
    ],
)
@pytest.mark.parametrize(("days", "is_quoted"), [(-1, True), (0, False), (1, False)])
def test_childs_line_is_quoted_until_the_age_leaves_something_out(
    kind: LineKind, until: int, days: int, *, is_quoted: bool
) -> None:
    client = _at_home()
    _child_of_hong(until, days=days)
    place = _place(kind, CHILD)
    assert client.get(REPORT, place).status_code == (200 if is_quoted else 404)
    assert _send(client, place, viec="gui").status_code == (302 if is_quoted else 404)
    assert Petition.objects.exists() is is_quoted


def test_childs_petition_closes_to_the_guardian_with_the_line_it_quotes() -> None:
    client = _at_home()
    _child_of_hong(14)
    petition = _reported(client, _place(number=CHILD))
    card = _reported(client, _place(LineKind.CARD, CHILD))
    Person.objects.filter(number=CHILD).update(birth_date=born_years_ago(15))
    listed = text_of(client.get(LIST))
    assert display_code(card.code) in listed
    assert display_code(petition.code) not in listed
    for rest in ("", "dong/", f"tep/{uuid4()}/"):
        assert client.get(_address(petition, rest)).status_code == 404
        assert client.post(_address(petition, rest)).status_code == 404
        page = text_of(client.get(_address(petition, rest)))
        assert "Phản ánh này không mở cho bạn nữa" in page
        assert "ở tuổi này chỉ con được xem" in page
        assert display_code(petition.code) in page
        assert WORDS.splitlines()[0] not in page
    assert client.get(_address(card)).status_code == 200
    assert not Event.objects.filter(act="petition.turned-away").exists()
    assert Petition.objects.get(code=petition.code).state == State.RECEIVED


def test_grown_childs_petitions_are_another_persons() -> None:
    client = _at_home()
    _child_of_hong(17)
    petition = _reported(client, _place(LineKind.CARD, CHILD))
    Person.objects.filter(number=CHILD).update(birth_date=born_years_ago(18))
    assert "Nguyễn Bảo Châu" not in text_of(client.get(LIST))
    answer = client.get(_address(petition))
    assert answer.status_code == 404
    assert "con đã đủ 18 tuổi, hoặc việc giám hộ đã dừng" in text_of(answer)
    assert "Nguyễn Bảo Châu" not in text_of(answer)
    assert "không mở cho bạn nữa" not in text_of(at_home(KHOA).get(_address(petition)))
    assert client.get(REPORT, _place(LineKind.CARD, CHILD)).status_code == 404
    assert Event.objects.filter(act="petition.turned-away", subject=CHILD).exists()


def test_reader_of_a_shared_record_reports_nothing() -> None:
    account = a_record()
    stored(a_life(a_person(KHOA.number, full_name=KHOA.full_name)))
    share, reader = shared(owner=account.pk, reader=KHOA.number), at_home(KHOA)
    for page in ("the-bhyt/", "qua-trinh-tham-gia/bhxh/", "so-kham-chua-benh/2025/"):
        assert "Báo sai sót" not in text_of(reader.get(f"/xem-ho/{share.id}/{page}"))
    assert reader.get(REPORT, _place()).status_code == 404
    assert _send(reader, _place(), viec="gui").status_code == 404
    assert not Petition.objects.exists()


def test_every_page_about_a_child_says_whose_record_it_is() -> None:
    client = _at_home()
    _child_of_hong()
    place = _place(number=CHILD)
    pages = [client.get(REPORT, place), _send(client, place)]
    petition = _reported(client, place)
    pages += [client.get(_address(petition)), client.get(_address(petition, "dong/"))]
    for page in pages:
        html = page.content.decode()
        assert re.search(r"<title>[^<]+ của Nguyễn Bảo Châu – VssID", html)
        assert "Về hồ sơ của tôi" in html
        assert "Con của bạn" in html


def test_who_is_not_signed_in_is_led_to_the_door() -> None:
    for address in (REPORT, f"{LIST}PA-7F3K-92QD/"):
        assert Client().get(address)["Location"].startswith("/dang-nhap/")


# --- following it ---------------------------------------------------------------------------------


def test_list_is_empty_at_first_and_says_what_to_do() -> None:
    assert "bấm «Báo sai sót» ngay ở dòng đó" in text_of(_at_home().get(LIST))


def test_answer_is_read_and_answered_back_with_a_paper() -> None:
    client = _at_home()
    petition = _reported(client, _place(LineKind.VISIT))
    officer = an_officer(office=HA_NOI)
    moving.answer_petition(
        petition=petition, words="Xin gửi giấy ra viện.", by=officer, now=utc_now()
    )
    page = text_of(client.get(_address(petition)))
    for text in ("Xin gửi giấy ra viện.", officer.full_name, "Bước 3/4", "Đã trả lời"):
        assert text in page
    sent = {"words": "Tôi gửi giấy ra viện.", "photo": upload(drawn("front"))}
    answer = client.post(_address(petition), sent)
    assert answer["Location"] == f"{_address(petition)}?bo-sung=1"
    page = text_of(client.get(answer["Location"]))
    assert "Tôi gửi giấy ra viện." in page
    assert "Bước 2/4" in page
    kept = PetitionFile.objects.get()
    photo = client.get(_address(petition, f"tep/{kept.id}/"))
    assert photo.content.startswith(b"\xff\xd8")
    assert photo["Cache-Control"] == "private, no-store"


def test_pdf_is_handed_over_as_a_file_only() -> None:
    client = _at_home()
    look = _send(client, _place(), pdf=upload(PDF, "a.pdf"))
    petition = _reported(client, _place(), phieu=typed_in(look)["phieu"])
    paper = PetitionFile.objects.get().id
    answer = client.get(_address(petition, f"tep/{paper}/"))
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(_address(petition, f"tep/{uuid4()}/")).status_code == 404


def test_empty_addition_is_refused_and_says_so() -> None:
    client = _at_home()
    petition = _reported(client, _place())
    answer = client.post(_address(petition), {"words": " "})
    assert answer.status_code == 422
    assert "Xin viết điều bạn muốn bổ sung." in text_of(answer)


def test_closing_is_asked_once_more_and_ends_the_writing() -> None:
    client = _at_home()
    petition = _reported(client, _place())
    asked = client.get(_address(petition, "dong/"))
    assert "Đóng phản ánh" in text_of(asked)
    assert Petition.objects.get().state == State.RECEIVED
    answer = client.post(_address(petition, "dong/"))
    page = client.get(answer["Location"])
    assert Petition.objects.get().state == State.CLOSED
    assert "Gửi bổ sung" not in text_of(page)
    assert client.post(_address(petition), {"words": "Vẫn chưa xong"}).status_code == 422


def test_help_leads_to_the_petitions() -> None:
    assert f'href="{LIST}"' in Client().get("/ho-tro/").content.decode()


def test_answer_of_an_ended_session_keeps_what_was_typed() -> None:
    account = a_record()
    client = with_session(a_session(account))
    place = _place()
    account.session_set.update(ended_at=utc_now(), end_reason="expired")
    led = _send(client, place)["Location"]
    client.cookies["phien"] = a_session(account)
    back = re.search(r"tiep=([^&]+)", led)
    assert back
    shown = client.get(back[1].replace("%3F", "?").replace("%3D", "=").replace("%2F", "/"))
    assert "Tháng 03/2025 tôi vẫn đi làm." in text_of(shown)
    assert "Công ty TNHH Thử nghiệm" in text_of(shown)


def test_owner_without_anything_reported_sees_no_petition_of_others() -> None:
    a_record()
    report()
    an_account(KHOA)
    client = with_session(a_session(Account.objects.get(pk=KHOA.number)))
    assert "PA-" not in text_of(client.get(LIST))
    assert HONG.full_name not in text_of(client.get(LIST))
