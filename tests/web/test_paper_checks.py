"""«Kiểm tra giấy»: anyone sees what a paper is worth, and little else."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.documents.signed import foreigner, signed_by
from tests.insurance.building import AN, a_life, a_period, key_to, stored
from tests.web.signing_in import signed_in
from tests.web.visiting import text_of, typed_in
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.documents import checking as documents
from vssid.documents.examining import Examined, Verdict
from vssid.documents.signing import sign_pdf
from vssid.files.models import StoredFile
from vssid.insurance.papers import commands, queries
from vssid.insurance.papers.codes import display_code, new_code
from vssid.insurance.papers.models import HistoryStatement
from vssid.kernel.clock import utc_now
from vssid.web.citizen.papers import checking
from vssid.web.citizen.papers.words import REFUSED_FILES, STATES, VERDICTS

pytestmark = pytest.mark.django_db

PAGE, FILE = "/kiem-tra-giay/", "/kiem-tra-giay/tep/"


@pytest.fixture
def issued() -> HistoryStatement:
    """A statement of An."""
    stored(a_life(periods=[a_period(), a_period(from_month=202601, to_month=202603, state="late")]))
    return commands.issue_statement(access=key_to(), by=Actor.citizen(AN), now=utc_now())


def address_of(issued: HistoryStatement) -> str:
    return f"{PAGE}{display_code(issued.code)}/"


def tone(answer: Any) -> str:
    """The kind of the first notice: its colour."""
    found = re.search(r'class="notice notice-(\w+)"', answer.content.decode())
    assert found
    return found[1]


def brought(content: bytes, client: Client | None = None) -> Any:
    """The answer to a file."""
    file = SimpleUploadedFile("giay.pdf", content, content_type="application/pdf")
    return (client or Client()).post(FILE, {"tep": file})


# --- by code --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "manner", [str, str.lower, lambda code: f" {code.replace('-', ' ')} ", display_code]
)
def test_typed_code_leads_to_its_address(issued: HistoryStatement, manner: Any) -> None:
    answer = Client().post(PAGE, {"ma": manner(issued.code)})
    assert (answer.status_code, answer["Location"]) == (302, address_of(issued))


def test_valid_paper_is_said_in_words_and_colour(issued: HistoryStatement) -> None:
    answer = Client().get(address_of(issued))
    said = text_of(answer)
    assert answer.status_code == 200
    assert tone(answer) == "good"
    for words in (
        "Giấy đúng, còn giá trị kiểm tra",
        "Nguyễn T*** A***",
        "0123***789",
        display_code(issued.code),
        "1 năm",
        "Chậm đóng: 3 tháng",
        "VssID – khóa dùng thử",
    ):
        assert words in said
    for secret in (AN, "Nguyễn Thị An", "Công ty TNHH Thử nghiệm", "6.000.000", "12/05/1990"):
        assert secret not in answer.content.decode()


def test_changed_record_is_said(issued: HistoryStatement) -> None:
    stored(a_life(periods=[a_period(salary=1)]))
    answer = Client().get(address_of(issued))
    assert tone(answer) == "warn"
    assert "hồ sơ đã thay đổi sau ngày lập" in text_of(answer)


def test_revoked_and_expired_papers_tell_nothing_more(issued: HistoryStatement) -> None:
    HistoryStatement.objects.update(issued_at=utc_now() - settings.VSSID_STATEMENT_KEPT)
    expired = Client().get(address_of(issued))
    assert (tone(expired), "quá hạn kiểm tra" in text_of(expired)) == ("warn", True)
    commands.revoke_statement(
        access=key_to(), statement_id=issued.id, by=Actor.citizen(AN), now=utc_now()
    )
    revoked = Client().get(address_of(issued))
    assert (tone(revoked), "đã được thu hồi" in text_of(revoked)) == ("bad", True)
    for answer in (expired, revoked):
        assert "T***" not in text_of(answer)
        assert "0123***789" not in text_of(answer)


def test_unknown_code_is_said_and_kept_in_the_field() -> None:
    code = display_code(new_code())
    answer = Client().get(f"{PAGE}{code}/")
    assert answer.status_code == 404
    assert "Không có giấy nào mang mã này" in text_of(answer)
    assert typed_in(answer)["ma"] == code


@pytest.mark.parametrize("typed", ["", "1234", "<script>", "x" * 400, "7F3K-Q92D-0123-CDFH"])
def test_mistyped_code_is_said_and_what_was_typed_stays(typed: str) -> None:
    answer = Client().post(PAGE, {"ma": typed})
    assert answer.status_code == 422
    assert "Mã này gõ chưa đúng" in text_of(answer)
    assert 'href="#ma"' in answer.content.decode()
    assert "<script>" not in answer.content.decode()


@pytest.mark.parametrize("typed", ["x", "%00", "a%20b", "%F0%9F%98%80", "y" * 900])
def test_odd_addresses_are_answered(typed: str) -> None:
    assert Client().get(f"{PAGE}{typed}/").status_code == 404


def test_owner_who_checks_is_no_stranger(issued: HistoryStatement) -> None:
    answer = signed_in(AN).get(address_of(issued))
    assert "Giấy đúng" in text_of(answer)
    assert not Event.objects.filter(act="record.look").exists()


def test_stranger_is_written_down_without_their_address(issued: HistoryStatement) -> None:
    Client(REMOTE_ADDR="192.0.2.44").get(address_of(issued))
    look = Event.objects.get(act="record.look")
    assert (look.subject, look.actor_kind) == (AN, "visitor")
    assert "192.0.2" not in f"{look.actor} {look.reason} {look.details}"
    # The same network within the hour is the same look, another one is not.
    Client(REMOTE_ADDR="192.0.2.45").get(address_of(issued))
    assert Event.objects.filter(act="record.look").count() == 1
    Client(REMOTE_ADDR="198.51.100.1").get(address_of(issued))
    assert Event.objects.filter(act="record.look").count() == 2


def test_too_many_checks_wait(issued: HistoryStatement, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_PAPER_CHECKS_PER_NETWORK_HOUR", 1)
    client = Client()
    assert client.get(f"{PAGE}1234/").status_code == 404
    for answer in (client.get(address_of(issued)), brought(b"x", client)):
        assert answer.status_code == 429
        assert 3500 < int(answer["Retry-After"]) <= 3600
        assert "Mạng này vừa kiểm tra quá nhiều giấy" in text_of(answer)
    # The page itself stays open.
    assert client.get(PAGE).status_code == 200


# --- by file --------------------------------------------------------------------------------------


def test_file_as_issued_is_right_and_is_not_kept(issued: HistoryStatement) -> None:
    content = queries.file_of(issued)
    before = StoredFile.objects.count()
    answer = brought(content)
    assert (answer.status_code, tone(answer)) == (200, "good")
    assert "Nguyễn T*** A***" in text_of(answer)
    assert "Con số trên bản in có thể bị sửa" not in text_of(answer)
    assert StoredFile.objects.count() == before
    assert Event.objects.filter(act="record.look", subject=AN).count() == 1


def test_changed_file_is_said(issued: HistoryStatement) -> None:
    content = queries.file_of(issued)
    answer = brought(content.replace(b"/Title", b"/Titel", 1))
    assert (answer.status_code, tone(answer)) == (200, "bad")
    assert "đã bị sửa sau khi ký" in text_of(answer)
    assert "T***" not in text_of(answer)


def test_filling_of_the_signature_is_no_place_to_hide_in(issued: HistoryStatement) -> None:
    content = queries.file_of(issued)
    filling = content.rindex(b"00000000>")
    answer = brought(content[:filling] + b"1" + content[filling + 1 :])
    assert tone(answer) == "bad"
    assert "T***" not in text_of(answer)


def test_file_of_a_revoked_paper_is_said(issued: HistoryStatement) -> None:
    content = queries.file_of(issued)
    commands.revoke_statement(
        access=key_to(), statement_id=issued.id, by=Actor.citizen(AN), now=utc_now()
    )
    assert "đã được thu hồi" in text_of(brought(content))


def _unsigned(issued: HistoryStatement) -> bytes:
    content = queries.file_of(issued)
    return content[: content.index(b"%%EOF") + 6]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_unsigned, "không có chữ ký số"),
        (lambda issued: signed_by(foreigner(), _unsigned(issued)), "do người khác ký"),
        (lambda issued: sign_pdf(_unsigned(issued), reason="x"), "không phải giấy xác nhận"),
    ],
)
def test_other_files_are_told_apart(issued: HistoryStatement, make: Any, words: str) -> None:
    answer = brought(make(issued))
    assert (answer.status_code, tone(answer)) == (200, "bad")
    assert words in text_of(answer)


def test_whole_file_with_a_code_of_nobody_is_unknown(issued: HistoryStatement) -> None:
    answer = brought(sign_pdf(_unsigned(issued), reason=new_code()))
    assert answer.status_code == 404
    assert "Không có giấy nào mang mã này" in text_of(answer)


def test_another_file_signed_under_the_same_code_is_not_it(issued: HistoryStatement) -> None:
    answer = brought(sign_pdf(_unsigned(issued), reason=issued.code))
    assert tone(answer) == "bad"
    assert "không phải file đã lập" in text_of(answer)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"hello", "không phải file PDF"), (b"%PDF-1.7 broken", "Không đọc được file PDF")],
)
def test_what_is_no_pdf_is_said_at_the_field(content: bytes, words: str) -> None:
    answer = brought(content)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert 'href="#tep"' in answer.content.decode()


def test_file_that_is_too_large_is_said_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_examined", None)
    answer = brought(b"%PDF-1.7" + b"x" * settings.VSSID_CHECKED_PDF_MAX_BYTES)
    assert answer.status_code == 422
    assert "lớn hơn 5 MB" in text_of(answer)


@pytest.mark.parametrize("fields", [{}, {"tep": "text"}])
def test_no_file_is_said(fields: dict[str, str]) -> None:
    answer = Client().post(FILE, fields)
    assert answer.status_code == 422
    assert "Chưa chọn file" in text_of(answer)


def test_address_of_files_leads_to_the_page() -> None:
    assert Client().get(FILE)["Location"] == PAGE


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_an_answer(verdict: Verdict, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "check_pdf", lambda _content: Examined(verdict))
    answer = brought(b"x")
    assert answer.status_code in {200, 422}
    assert "None" not in text_of(answer)
    assert set(VERDICTS) | set(REFUSED_FILES) == set(Verdict)


def test_every_state_has_words() -> None:
    assert {kind for kind, _title, _text in STATES.values()} == {"good", "warn", "bad"}


def test_check_is_found_where_people_look_things_up() -> None:
    assert f'href="{PAGE}"' in Client().get("/tra-cuu/").content.decode()


def test_form_needs_its_key() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(PAGE, {"ma": "x"}).status_code == 403
    assert client.post(FILE).status_code == 403
