"""The machine API: keys, codes, offline reports, and what it says of itself."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis.core.result import Ok

from tests.factories import CLERK, HONG, a_person, a_session, an_account, an_officer
from tests.staff.test_card_checks import a_pass, give_card, make_near_poor
from tests.web.visiting import text_of, with_session
from vssid.audit.models import Event
from vssid.insurance.card_pass import keys
from vssid.insurance.models import Card
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.people.models import Person
from vssid.reference.models import Facility
from vssid.staff.commands import facility_keys
from vssid.staff.models import ReportedCheck

pytestmark = pytest.mark.django_db
CHECK, OFFLINE = "/api/v1/the-bhyt/kiem-tra", "/api/v1/the-bhyt/kiem-tra-ngoai-tuyen"
KEYS, SCHEMA = "/api/v1/khoa-cong-khai", "/api/v1/openapi.json"
QUESTION = {
    "so_the": HONG.number,
    "ho_ten": HONG.full_name,
    "ngay_sinh": "12/05/1990",
    "gioi_tinh": 2,
}


@pytest.fixture
def bearer() -> str:
    """The key of a hospital's program; Hồng has a card."""
    a_person()
    give_card()
    _made, text = facility_keys.open_key(facility="01001", name="HIS", by=CLERK, now=utc_now())
    return text


def _post(bearer: str, body: Any, address: str = CHECK) -> Any:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    return Client(enforce_csrf_checks=True).post(
        address, text, content_type="application/json", headers=headers
    )


def _code(bearer: str, **changes: Any) -> str:
    answer = _post(bearer, {**QUESTION, **changes})
    assert answer.status_code == 200, answer.content
    return str(answer.json()["ma_ket_qua"])


# --- a check --------------------------------------------------------------------------------------


def test_right_card_is_answered_with_what_a_hospital_needs(bearer: str) -> None:
    card = Card.objects.get()
    said = _post(bearer, QUESTION).json()
    assert said["ma_ket_qua"] == "00"
    assert said["duoc_huong"] is True
    assert card.valid_to is not None
    assert said["duoc_huong_den"] == card.valid_to.isoformat()
    assert said["dien_giai"].startswith("ĐÚNG – Còn giá trị đến ")
    assert said["the"] == {
        "so_the": card.card_number,
        "muc_huong": 4,
        "muc_huong_tren_the": 4,
        "ty_le_huong": 80,
        "gia_tri_tu": card.valid_from.isoformat(),
        "gia_tri_den": card.valid_to.isoformat(),
        "ma_dkbd": "01001",
        "ten_dkbd": "Bệnh viện Đa khoa",
        "ngay_du_5_nam": None,
        "ma_noi_sinh_song": "",
    }
    assert said["thoi_diem"].endswith("+07:00")


def test_level_that_counts_today_is_told_apart_from_the_printed_one(bearer: str) -> None:
    make_near_poor()
    said = _post(bearer, QUESTION).json()["the"]
    assert said["muc_huong"] == 2
    assert said["muc_huong_tren_the"] == 3
    assert said["ty_le_huong"] == 100


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ngay_sinh": "1990-05-12"}, "00"),
        ({"ngay_sinh": "1990"}, "00"),
        ({"ngay_sinh": "19900512"}, "00"),
        ({"ngay_sinh": "199005120000"}, "00"),
        ({"ngay_sinh": "19900000"}, "00"),
        ({"ngay_sinh": "199000000000"}, "00"),
        ({"gioi_tinh": "2"}, "00"),
        ({"so_the": HONG.id_number}, "00"),
        ({"so_the": f"dn401{HONG.number}"}, "00"),
        ({"so_the": "0198009999"}, "05"),
        ({"ho_ten": "Lê Văn Tám"}, "06"),
        ({"ngay_sinh": "13/05/1990"}, "07"),
        ({"gioi_tinh": 1}, "08"),
        ({"so_the": f"HN201{HONG.number}"}, "09"),
        ({"so_the": "12"}, "10"),
        ({"ngay_sinh": "31/02/1990"}, "10"),
        ({"ngay_sinh": "0000"}, "10"),
        ({"ho_ten": "\u0000"}, "10"),
        ({"ngay_vao_vien": "hôm qua"}, "10"),
        ({"ngay_vao_vien": "2999-01-01"}, "10"),
        ({"ngay_sinh": "19900231"}, "10"),
        ({"ngay_sinh": "1990051"}, "10"),
        ({"ngay_sinh": "19901200"}, "10"),
        ({"ngay_sinh": "²⁰²⁰"}, "10"),
        ({"ngay_sinh": 19900512}, "10"),
        ({"gioi_tinh": 3}, "10"),
        ({"gioi_tinh": "3"}, "10"),
        ({"gioi_tinh": 2.5}, "10"),
        ({"gioi_tinh": True}, "10"),
        ({"gioi_tinh": [2]}, "10"),
        ({"gioi_tinh": "Nữ"}, "10"),
        ({"so_the": 198000001}, "10"),
        ({"so_the": {"a": 1}}, "10"),
        ({"ho_ten": "x" * 301}, "10"),
        ({"so_the": "0" * 61}, "10"),
        ({"ngay_vao_vien": 20261128}, "10"),
        ({"ngay_vao_vien": "20261100"}, "10"),
        ({"ma_xac_thuc": 5}, "10"),
        ({"ma_xac_thuc": "1" * 3001}, "10"),
        ({"gioi_tinh": ""}, "11"),
        ({"ho_ten": None}, "11"),
        ({"ho_ten": "  "}, "11"),
        ({"gioi_tinh": None}, "11"),
        ({"so_the": None, "ho_ten": None, "ngay_sinh": None}, "11"),
    ],
)
def test_each_code_is_answered_and_a_wrong_one_tells_nothing(
    bearer: str, changes: dict[str, Any], code: str
) -> None:
    said = _post(bearer, {**QUESTION, **changes}).json()
    assert said["ma_ket_qua"] == code
    assert (said["the"] is None) == (code != "00")
    if code != "00":
        assert said["duoc_huong"] is False
        assert HONG.full_name not in json.dumps(said, ensure_ascii=False)


def test_days_are_answered(bearer: str) -> None:
    today = vietnam_today(utc_now())
    Card.objects.update(valid_to=today - timedelta(days=1))
    assert _code(bearer) == "01"
    assert _code(bearer, ngay_vao_vien=(today - timedelta(days=3)).isoformat()) == "03"
    Card.objects.update(valid_from=today + timedelta(days=1), valid_to=None)
    assert _code(bearer) == "02"
    Card.objects.update(valid_from=today)
    assert _code(bearer, ngay_vao_vien=(today - timedelta(days=3)).isoformat()) == "04"


def test_card_of_who_died_is_over_by_number_and_by_pass(bearer: str) -> None:
    today = vietnam_today(utc_now())
    Person.objects.filter(number=HONG.number).update(died_on=today - timedelta(days=1))
    for question in (QUESTION, {"ma_xac_thuc": a_pass(utc_now())}):
        said = _post(bearer, question).json()
        assert said["ma_ket_qua"] == "01"
        assert (said["duoc_huong"], said["duoc_huong_den"], said["the"]) == (False, None, None)
        assert said["dien_giai"].startswith("THẺ KHÔNG CÒN DÙNG. ")


def test_pass_is_checked_and_used_again_and_each_use_is_a_look(bearer: str) -> None:
    text = a_pass(utc_now())
    for _ in range(2):
        said = _post(bearer, {"ma_xac_thuc": text}).json()
        assert said["ma_ket_qua"] == "00"
    first, again = Event.objects.filter(act="card.check")
    assert first.office == "KCB01001"
    assert first.actor.startswith("key ")
    assert first.details["pass"] == again.details["pass"]


def test_passes_that_say_nothing_are_told_apart(
    bearer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = a_pass(utc_now())
    late = a_pass(utc_now() - timedelta(minutes=10, seconds=1))
    for text_given, code, words in [(late, "10", "đã hết hạn lúc"), (text[:-1], "10", "chưa đủ")]:
        said = _post(bearer, {"ma_xac_thuc": text_given}).json()
        assert (said["ma_ket_qua"], words in said["dien_giai"]) == (code, True)
    assert _post(bearer, {"ma_xac_thuc": text, "ngay_vao_vien": "x"}).json()["ma_ket_qua"] == "10"
    monkeypatch.setattr(settings, "VSSID_CARD_KEYS", {"tests": bytes(range(32))})
    said = _post(bearer, {"ma_xac_thuc": text}).json()
    assert (said["ma_ket_qua"], "không do cơ quan BHXH ký" in said["dien_giai"]) == ("09", True)
    assert not Event.objects.filter(act="card.check").exists()


def test_patient_reads_which_facility_looked(bearer: str) -> None:
    _post(bearer, QUESTION)
    page = text_of(with_session(a_session(an_account())).get("/tai-khoan/ai-da-xem/"))
    assert "Kiểm tra thẻ BHYT của bạn" in page
    assert "Bệnh viện" in page


# --- offline --------------------------------------------------------------------------------------


def test_queue_is_kept_item_by_item_and_sent_again_without_harm(bearer: str) -> None:
    happened = utc_now() - timedelta(hours=2)
    text = a_pass(happened)
    queue = {
        "danh_sach": [
            {"ma_rieng": "q-1", "ma_xac_thuc": text, "thoi_diem": happened.isoformat()},
            {"ma_rieng": "q-2", "ma_xac_thuc": text[:-2], "thoi_diem": happened.isoformat()},
            {"ma_rieng": "q-3", "ma_xac_thuc": text, "thoi_diem": "2999-01-01T00:00:00Z"},
            {"ma_rieng": "q-1", "ma_xac_thuc": text, "thoi_diem": happened.isoformat()},
            {"ma_rieng": "q-4", "ma_xac_thuc": text, "thoi_diem": "0001-01-01T00:00:00+07:00"},
        ]
    }
    said = _post(bearer, queue, OFFLINE).json()["danh_sach"]
    assert [one["ket_qua"] for one in said] == [
        *("da-ghi", "tu-choi", "tu-choi", "da-co", "tu-choi"),
    ]
    assert "quét lại" in said[1]["dien_giai"]
    assert "tương lai" in said[2]["dien_giai"]
    assert "trước lúc mã" in said[4]["dien_giai"]
    again = _post(bearer, queue, OFFLINE).json()["danh_sach"]
    assert [one["ket_qua"] for one in again] == [
        *("da-co", "tu-choi", "tu-choi", "da-co", "tu-choi"),
    ]
    assert ReportedCheck.objects.count() == 1
    page = text_of(with_session(a_session(an_account())).get("/tai-khoan/ai-da-xem/"))
    assert "khi cơ sở không có mạng" in page
    local = happened.astimezone(tz=None)
    assert f"{local:%M}" in page


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [CHECK, OFFLINE])
@pytest.mark.parametrize("token", ["", "x", "00000000000000000000000000000000.x"])
def test_who_has_no_key_is_told_how_to_send_one(address: str, token: str) -> None:
    answer = _post(token, QUESTION, address)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["ma_loi"] == "facility-key.wrong"
    assert "Authorization: Bearer" in answer.json()["thong_bao"]


def test_ended_key_and_a_session_open_nothing(bearer: str) -> None:
    client = Client()
    client.force_login(an_officer())
    answer = client.post(CHECK, json.dumps(QUESTION), content_type="application/json")
    assert answer.status_code == 401
    made = facility_keys.FacilityKey.objects.get()
    facility_keys.end_key(key_id=made.id, by=CLERK, now=utc_now())
    assert _post(bearer, QUESTION).status_code == 401


def test_facility_without_a_contract_is_told_why(bearer: str) -> None:
    Facility.objects.filter(code="01001").update(has_contract=False)
    for address, body in [(CHECK, QUESTION), (CHECK, {}), (OFFLINE, _queue())]:
        answer = _post(bearer, body, address)
        assert answer.status_code == 403
        assert answer.json()["ma_loi"] == "facility.ended"
        assert "liên hệ cơ quan BHXH" in answer.json()["thong_bao"]


def _queue(**changes: Any) -> dict[str, Any]:
    item = {"ma_rieng": "q-1", "ma_xac_thuc": "1", "thoi_diem": "2026-11-28T08:00:00+07:00"}
    return {"danh_sach": [{**item, **changes}]}


@pytest.mark.parametrize(
    ("address", "body", "place"),
    [
        (CHECK, {**QUESTION, "la": 1}, "la"),
        (CHECK, [], ""),
        (OFFLINE, {"danh_sach": []}, "danh_sach"),
        (OFFLINE, {"danh_sach": _queue()["danh_sach"] * 201}, "danh_sach"),
        (OFFLINE, {"danh_sach": "q-1"}, "danh_sach"),
    ],
)
def test_wrong_shape_is_told_where_and_never_what(
    bearer: str, address: str, body: Any, place: str
) -> None:
    answer = _post(bearer, body, address)
    assert answer.status_code == 422
    said = answer.json()
    assert said["ma_loi"] == "request.invalid"
    assert any(place in one for one in said["cho_sai"])
    assert HONG.full_name not in answer.content.decode()


@pytest.mark.parametrize(
    ("bad", "reference", "place"),
    [
        ({"thoi_diem": "2026-11-28T08:00:00"}, "q-2", "thoi_diem: timezone_aware"),
        ({"ma_rieng": "a b"}, "a b", "ma_rieng: string_pattern_mismatch"),
        ({"ma_rieng": 7}, "", "ma_rieng: string_type"),
        ({"ma_xac_thuc": None}, "q-2", "ma_xac_thuc: string_type"),
        ({"la": HONG.full_name}, "q-2", "la: extra_forbidden"),
        (None, "", ": model_attributes_type"),
    ],
)
def test_misshapen_item_of_a_queue_is_named_and_the_others_are_taken(
    bearer: str, bad: dict[str, Any] | None, reference: str, place: str
) -> None:
    happened = utc_now() - timedelta(minutes=5)
    good = {"ma_rieng": "q-1", "ma_xac_thuc": a_pass(happened), "thoi_diem": happened.isoformat()}
    spoilt = None if bad is None else {**good, "ma_rieng": "q-2", **bad}
    last = {**good, "ma_rieng": "q-3"}
    answer = _post(bearer, {"danh_sach": [good, spoilt, last]}, OFFLINE)
    assert answer.status_code == 200
    said = answer.json()["danh_sach"]
    assert [one["ket_qua"] for one in said] == ["da-ghi", "sai-mau", "da-ghi"]
    assert (said[1]["ma_rieng"], said[1]["cho_sai"]) == (reference, [place])
    assert "chưa được ghi" in said[1]["dien_giai"]
    assert HONG.full_name not in answer.content.decode()
    assert ReportedCheck.objects.count() == 2


@pytest.mark.parametrize("body", ["", "{", b"\xff\xfe", "[" * 5000])
def test_what_is_no_json_is_refused_as_json(bearer: str, body: Any) -> None:
    answer = _post(bearer, body)
    assert answer.status_code in {400, 422}
    assert answer.json()["thong_bao"].endswith(("lại.", "MB."))


@pytest.mark.parametrize("address", [CHECK, OFFLINE])
def test_what_is_too_long_is_refused_in_the_words_for_machines(bearer: str, address: str) -> None:
    answer = _post(bearer, " " * (3 * 1024 * 1024), address)
    assert (answer.status_code, answer.json()["ma_loi"]) == (400, "request.unreadable")
    assert "không quá 1 MB" in answer.json()["thong_bao"]


def test_day_of_admission_is_read_as_in_the_files_of_hospitals(bearer: str) -> None:
    today = vietnam_today(utc_now())
    Card.objects.update(valid_to=today - timedelta(days=1))
    for shape in ("%Y%m%d", "%Y%m%d%H%M"):
        day = (utc_now() - timedelta(days=3)).strftime(shape)
        assert _code(bearer, ngay_vao_vien=day) == "03"


def test_too_many_calls_are_told_how_long_to_wait(
    bearer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VSSID_API_CHECKS_A_MINUTE", 2)
    assert _code(bearer) == "00"
    assert _code(bearer, ho_ten=None) == "11"
    for address, body in [(CHECK, QUESTION), (CHECK, {}), (OFFLINE, _queue())]:
        answer = _post(bearer, body, address)
        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= 60
        assert answer.json()["ma_loi"] == "card-check.too-many"


def test_each_item_of_a_queue_counts(bearer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_API_CHECKS_A_MINUTE", 5)
    three = {"danh_sach": [{**_queue()["danh_sach"][0], "ma_rieng": f"q-{at}"} for at in range(3)]}
    assert _post(bearer, three, OFFLINE).status_code == 200
    answer = _post(bearer, three, OFFLINE)
    assert answer.status_code == 429
    assert answer.json()["ma_loi"] == "card-check.too-many"


def test_queue_longer_than_a_minutes_calls_is_taken_in_a_minute_of_its_own(
    bearer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VSSID_API_CHECKS_A_MINUTE", 2)
    three = {"danh_sach": _queue()["danh_sach"] * 3}
    assert _post(bearer, three, OFFLINE).status_code == 200
    assert _post(bearer, QUESTION).status_code == 429


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_other_methods_are_answered_as_json(method: str) -> None:
    answer = getattr(Client(), method)(CHECK)
    assert answer.status_code == 405
    assert "POST" in answer["Allow"]
    assert answer.json()["thong_bao"]


def test_unknown_address_is_answered_as_json() -> None:
    answer = Client().get("/api/v1/khong-co")
    assert (answer.status_code, answer.json()["ma_loi"]) == (404, "http.404")


def test_answers_about_people_are_kept_nowhere_and_set_no_cookie(bearer: str) -> None:
    answer = _post(bearer, QUESTION)
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


# --- what it says of itself -----------------------------------------------------------------------


def test_published_keys_verify_what_phones_show(bearer: str) -> None:
    answer = Client().get(KEYS)
    assert answer["Cache-Control"] == "public, max-age=3600"
    published = {one["kid"]: urlsafe_b64decode(one["x"] + "==") for one in answer.json()["keys"]}
    assert published == keys.public_keys()
    assert b"CCCC" not in answer.content


def test_description_needs_no_other_host() -> None:
    answer = Client().get(SCHEMA)
    said = answer.json()
    assert set(said["paths"]) == {CHECK, OFFLINE, KEYS}
    assert "http://" not in answer.content.decode()
    assert "https://" not in answer.content.decode()
    assert set(said["paths"][CHECK]["post"]["responses"]) == {
        *("200", "400", "401", "403", "422", "429"),
    }


@pytest.fixture
def described(bearer: str) -> Iterator[tuple[Any, str]]:
    """The API as its own description has it, with a key.

    A whole program closes connections between requests; this one shares the test's.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(SCHEMA, WSGIHandler()), bearer
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_api_keeps_to_its_description(described: tuple[Any, str]) -> None:
    schema, bearer = described
    seen: set[tuple[str, int]] = set()
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @hypothesis_settings(
            max_examples=40,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy())
        def call(case: Any) -> None:
            answer = case.call_and_validate(headers={"Authorization": f"Bearer {bearer}"})
            seen.add((case.operation.path, answer.status_code))

        call()
    assert {(CHECK, 200), (OFFLINE, 200), (KEYS, 200)} <= seen
