"""Every way a parser of the kernel refuses, one example each, and that there are no others."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.emails import parse_email
from vssid.kernel.errors import INPUT_CODES, InvalidInput
from vssid.kernel.identifiers import (
    IdKind,
    parse_card_number,
    parse_identity,
    parse_insurance_number,
    parse_login_number,
    parse_personal_number,
)
from vssid.kernel.months import Month, MonthSpan
from vssid.kernel.phones import parse_mobile
from vssid.kernel.text import parse_person_name

Parser = Callable[[str], object]


def parse_cmnd(text: str) -> object:
    return parse_identity(text, kind=IdKind.CMND)


def parse_number_of_card(text: str) -> object:
    return parse_insurance_number(text, from_card=True)


def parse_span(text: str) -> object:
    first, _, last = text.partition(" ")
    return MonthSpan(Month.parse(first), Month.parse(last))


REFUSALS: list[tuple[Parser, str, str, dict[str, object]]] = [
    (parse_insurance_number, " .- ", "insurance-number.empty", {}),
    (parse_insurance_number, "01234S6789", "insurance-number.letters", {}),
    (parse_insurance_number, "०१२३४५६७८९", "insurance-number.letters", {}),
    (parse_insurance_number, "012345678", "insurance-number.length", {"got": 9, "expected": 10}),
    (parse_insurance_number, "DN4790123456789", "insurance-number.is-card-number", {}),
    (parse_insurance_number, "001090000123", "insurance-number.is-personal-number", {}),
    (parse_number_of_card, "DN479A123456789", "insurance-number.letters", {}),
    (parse_personal_number, "", "personal-number.empty", {}),
    (parse_personal_number, "00109000012x", "personal-number.letters", {}),
    (parse_personal_number, "0123456789", "personal-number.length", {"got": 10, "expected": 12}),
    (parse_login_number, "\u200b", "login-number.empty", {}),
    (parse_login_number, "an.nguyen", "login-number.letters", {}),
    (parse_login_number, "01234567891", "login-number.length", {"got": 11}),
    (parse_login_number, "gd 4 79 0123456789", "login-number.is-card-number", {}),
    (parse_identity, "--", "identity.empty", {}),
    (parse_identity, "B12/4567", "identity.symbols", {}),
    (parse_identity, "Đ1234567", "identity.symbols", {}),
    (parse_identity, "ß1234567", "identity.symbols", {}),
    (parse_cmnd, "12345678O", "identity.letters", {}),
    (parse_cmnd, "001090000123", "identity.length", {"got": 12}),
    (parse_identity, "12345678", "identity.length", {"got": 8}),
    (parse_identity, "B1234", "identity.passport", {}),
    (parse_identity, "ABCDEFGH", "identity.passport", {}),
    (parse_card_number, "", "card-number.empty", {}),
    (parse_card_number, "DN479_123456789", "card-number.symbols", {}),
    (parse_card_number, "DN47901234567", "card-number.length", {"got": 13, "expected": 15}),
    (parse_card_number, "DN6790123456789", "card-number.shape", {}),
    (parse_card_number, "0123456789", "card-number.is-insurance-number", {}),
    (parse_mobile, "( )", "phone.empty", {}),
    (parse_mobile, "0912 34O 678", "phone.not-a-number", {}),
    (parse_mobile, "+", "phone.not-a-number", {}),
    (parse_mobile, "0912345678/0987654321", "phone.not-a-number", {}),
    (parse_mobile, "024 3944 0116", "phone.not-mobile", {}),
    (parse_mobile, "1900 9068", "phone.not-mobile", {}),
    (parse_mobile, "014 0123 4567", "phone.not-mobile", {}),
    (parse_mobile, "+1 650 253 0000", "phone.foreign", {}),
    (parse_mobile, "+999 1234567", "phone.foreign", {}),
    (parse_mobile, "091234567", "phone.length", {"got": 9, "expected": 10}),
    (parse_mobile, "+84 912 345 6789", "phone.length", {"got": 11, "expected": 10}),
    (parse_mobile, "0" * 30, "phone.length", {"got": 30, "expected": 10}),
    (parse_email, " \t", "email.empty", {}),
    (parse_email, "an@example.vn\r\nBcc: binh@example.vn", "email.control", {}),
    (parse_email, "an\u200b@example.vn", "email.control", {}),
    (parse_email, "an nguyen@example.vn", "email.spaces", {}),
    (parse_email, "ân@example.vn", "email.accents", {}),
    (parse_email, "an.example.vn", "email.at", {}),
    (parse_email, "an@binh@example.vn", "email.at", {}),
    (parse_email, "an..nguyen@example.vn", "email.local", {}),
    (parse_email, "@example.vn", "email.local", {}),
    (parse_email, "a" * 65 + "@example.vn", "email.local", {}),
    (parse_email, "an@example", "email.domain", {}),
    (parse_email, "an@-example.vn", "email.domain", {}),
    (parse_email, "an@192.0.2.1", "email.domain", {}),
    (parse_email, "a@" + "b" * 250 + ".vn", "email.too-long", {"got": 255, "limit": 254}),
    (Month.parse, " ", "month.empty", {}),
    (Month.parse, "tháng 3", "month.format", {}),
    (Month.parse, "03/19", "month.format", {}),
    (Month.parse, "13/2019", "month.range", {}),
    (Month.parse, "2019-00", "month.range", {}),
    (Month.parse, "01/0000", "month.range", {}),
    (parse_span, "03/2019 02/2019", "span.reversed", {"first": "03/2019", "last": "02/2019"}),
    (parse_person_name, "\u200b ", "name.empty", {}),
    (parse_person_name, "Nguyễn Văn 4", "name.symbols", {}),
    (parse_person_name, "Lê <b>An</b>", "name.symbols", {}),
    (parse_person_name, "𝐋𝐞 𝐀𝐧", "name.symbols", {}),
    (parse_person_name, "\u0301An", "name.symbols", {}),
    (parse_person_name, "A.", "name.too-short", {"got": 1, "limit": 2}),
    (parse_person_name, "a" * 61, "name.too-long", {"got": 61, "limit": 60}),
    (parse_person_name, "an" + "\u0351" * 200, "name.too-long", {"got": 202, "limit": 60}),
]


@pytest.mark.parametrize(("parse", "text", "code", "details"), REFUSALS)
def test_refusal_says_what_is_wrong(
    parse: Parser, text: str, code: str, details: dict[str, object]
) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(text)

    assert caught.value.code == code
    assert caught.value.details == details


def test_the_list_of_codes_is_whole() -> None:
    seen = {code: frozenset(details) for _, _, code, details in REFUSALS}

    assert seen == dict(INPUT_CODES)


PARSERS = sorted({parse for parse, *_ in REFUSALS}, key=lambda parse: parse.__name__)
TYPED = (
    st.text() | st.text("0123456789+-. ", max_size=20) | st.text("aZ19@.-/đế\u200b ", max_size=20)
)


@pytest.mark.parametrize("parse", PARSERS)
@given(text=TYPED)
def test_whatever_is_typed_is_read_or_refused_with_a_known_code(parse: Parser, text: str) -> None:
    refusal = None
    try:
        parse(text)
    except InvalidInput as error:
        refusal = error

    assert refusal is None or frozenset(refusal.details) == INPUT_CODES[refusal.code]
