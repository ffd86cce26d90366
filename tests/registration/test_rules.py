"""Steps, codes and dates of a declaration, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.registration import rules
from vssid.registration.answers import Answers
from vssid.registration.models import State
from vssid.registration.rules import Step

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
WHOLE = Answers(
    full_name="Nguyễn Thị Hồng Ánh",
    number="0198000001",
    id_kind="cccd",
    id_number="001190000011",
    address_era="2025",
    address_province="01",
    address_commune="00004",
    address_street="Số 5",
    phone="+84912000001",
    provincial_agency="001",
    office="00114",
)


def _missing(answers: Answers, lacking: str = "") -> Step | None:
    photos = {f"has_{kind}": kind != lacking for kind in ("portrait", "front", "back")}
    return rules.missing_step(answers, **photos)


def test_whole_declaration_lacks_nothing() -> None:
    assert _missing(WHOLE) is None


@pytest.mark.parametrize(
    ("field", "step"),
    [
        ("full_name", Step.PERSON),
        ("number", Step.PERSON),
        ("id_number", Step.PERSON),
        ("address_province", Step.ADDRESS),
        ("address_street", Step.ADDRESS),
        ("phone", Step.ADDRESS),
        ("office", Step.OFFICE),
    ],
)
def test_missing_field_leads_to_its_step(field: str, step: Step) -> None:
    assert _missing(replace(WHOLE, **{field: ""})) is step  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("photo", "step"), [("portrait", Step.PERSON), ("front", Step.PAPERS), ("back", Step.PAPERS)]
)
def test_missing_photo_leads_to_its_step(photo: str, step: Step) -> None:
    assert _missing(WHOLE, photo) is step


def test_empty_draft_begins_with_the_person() -> None:
    assert _missing(Answers()) is Step.PERSON


def test_passport_has_no_back() -> None:
    assert _missing(replace(WHOLE, id_kind="passport"), "back") is None


def test_email_is_not_required() -> None:
    assert WHOLE.email == ""
    assert _missing(WHOLE) is None


@pytest.mark.parametrize(
    ("name", "kind", "was_confirmed", "asks"),
    [
        ("Nguyen Thi Hong", "cccd", False, True),
        ("Nguyen Thi Hong", "cccd", True, False),
        ("Nguyen Thi Hong", "passport", False, False),
        ("Nguyễn Thị Hồng", "cccd", False, False),
    ],
)
def test_name_without_accents_is_asked_about(
    name: str, kind: str, *, was_confirmed: bool, asks: bool
) -> None:
    found = rules.asks_about_accents(name, id_kind=kind, was_confirmed=was_confirmed)
    assert found is asks


@pytest.mark.parametrize(
    ("number", "phone", "stands"),
    [
        (WHOLE.number, WHOLE.phone, True),
        (WHOLE.number, "+84912000002", False),
        ("0198000002", WHOLE.phone, False),
        ("", "", False),
    ],
)
def test_confirmation_stands_for_this_number_and_this_phone(
    number: str, phone: str, *, stands: bool
) -> None:
    found = rules.is_confirmed(WHOLE, confirmed_number=number, confirmed_phone=phone)
    assert found is stands


def test_empty_draft_is_not_confirmed() -> None:
    assert not rules.is_confirmed(Answers(), confirmed_number="", confirmed_phone="")


@pytest.mark.parametrize("state", State)
def test_filed_and_received_wait_for_a_decision(state: State) -> None:
    assert rules.is_open(state) is (state in {State.FILED, State.RECEIVED})


def test_codes_differ_and_fit_their_column() -> None:
    codes = {rules.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 10 for code in codes)


@given(st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=8, max_size=8))
def test_code_is_read_back_however_it_was_typed(signs: str) -> None:
    code = f"TK{signs}"
    shown = rules.display_code(code)
    for typed in (code, shown, shown.lower(), f" {shown} ", shown.replace("-", " ")):
        assert rules.parse_code(typed) == code
    misread = signs.replace("1", "I").replace("0", "O").replace("V", "U")
    assert rules.parse_code(f"tk{misread}") == code


@given(st.text(max_size=30))
def test_text_is_a_code_or_nothing(text: str) -> None:
    found = rules.parse_code(text)
    assert found == "" or rules.parse_code(rules.display_code(found)) == found


@pytest.mark.parametrize(
    "text", ["", "TK", "TK-7F3K-92Q", "TK-7F3K-92QDX", "7F3K92QD", "TK-7F3K-92Q*"]
)
def test_what_is_no_code_is_nothing(text: str) -> None:
    assert rules.parse_code(text) == ""


def test_answer_is_due_a_day_after_the_dossier_is_complete() -> None:
    day = timedelta(hours=24)
    assert rules.answer_due(NOW, day) == NOW + day
    assert rules.answer_due(None, day) is None


def test_paper_is_due_by_the_end_of_the_tenth_day_in_vietnam() -> None:
    late = datetime(2026, 3, 1, 16, 59, 59, tzinfo=UTC)
    past_midnight = late + timedelta(seconds=1)
    ten = timedelta(days=10)
    assert rules.paper_due(late, ten) == datetime(2026, 3, 11, 16, 59, 59, tzinfo=UTC)
    assert rules.paper_due(past_midnight, ten) == datetime(2026, 3, 12, 16, 59, 59, tzinfo=UTC)


@given(st.integers(min_value=0, max_value=2**32))
def test_last_moment_for_the_paper_is_in_time_and_the_next_one_is_not(second: int) -> None:
    filed_at = datetime.fromtimestamp(second, UTC)
    last = rules.paper_due(filed_at, timedelta(days=10))
    assert filed_at >= rules.filed_before(last, 11)
    assert filed_at < rules.filed_before(last + timedelta(seconds=1), 11)


@pytest.mark.parametrize("end", ["", "/"])
def test_code_is_read_from_the_address_of_the_papers_qr(end: str) -> None:
    address = f"https://vssid.example.vn/dang-ky/theo-doi/TK7F3K92QD{end}"
    assert rules.parse_code(address) == "TK7F3K92QD"


def test_answers_of_another_release_are_passed_over() -> None:
    assert Answers.read({"full_name": "An", "favourite_colour": "xanh"}) == Answers(full_name="An")
