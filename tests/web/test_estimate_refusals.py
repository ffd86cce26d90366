"""The estimates where there is none: every refusal, and what is said to who draws a benefit now."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from tests.insurance.building import AN, a_benefit, a_life, a_period, a_person, stored
from tests.web.signing_in import signed_in
from tests.web.test_citizen_estimates import (
    MATERNITY,
    NOW,
    ONE_TIME,
    PAGES,
    PENSION,
    SICKNESS,
    TODAY,
    UNEMPLOYMENT,
    months,
    said,
    worker,
)
from tests.web.visiting import text_of, typed_in
from vssid.insurance.estimates.codes import RefusalCode
from vssid.reference import directory
from vssid.web.citizen.estimates import sentences

pytestmark = pytest.mark.django_db

# --- every refusal ------------------------------------------------------------------------------

OLD = {"birth_date": date(TODAY.year - 63, 1, 1)}
REFUSED: dict[RefusalCode, tuple[Any, str]] = {
    RefusalCode.NOTHING_PAID: (a_life, ONE_TIME),
    RefusalCode.PAY_UNKNOWN: (worker, f"{ONE_TIME}?muc_binh_quan=0"),
    RefusalCode.TWENTY_YEARS: (worker, f"{ONE_TIME}?thang_tu_2014=240"),
    RefusalCode.JOINED_TOO_LATE: (worker, f"{ONE_TIME}?thang_dau=07/2025"),
    RefusalCode.BELOW_PENSION_AGE: (worker, f"{ONE_TIME}?truong_hop=pension-age"),
    RefusalCode.ENOUGH_FOR_PENSION: (
        lambda: worker(**OLD),
        f"{ONE_TIME}?truong_hop=pension-age&thang_tu_2014=180",
    ),
    RefusalCode.TOO_FEW_MONTHS: (worker, f"{PENSION}?muc_dong_tiep=0"),
    RefusalCode.TOO_FEW_COMPULSORY: (
        worker,
        f"{PENSION}?truong_hop=heavy-work&muc_dong_tiep=0",
    ),
    RefusalCode.MATERNITY_MONTHS: (worker, f"{MATERNITY}?thang_bat_buoc=5"),
    RefusalCode.NO_SICK_FUND: (a_life, SICKNESS),
    RefusalCode.NO_DAYS_LEFT: (worker, f"{SICKNESS}?da_nghi=30"),
    RefusalCode.CHILD_TOO_OLD: (
        worker,
        f"{SICKNESS}?nguoi_om=child&ngay_sinh_con={TODAY - timedelta(days=8 * 366)}",
    ),
    RefusalCode.CHILD_NOT_BORN: (worker, f"{SICKNESS}?nguoi_om=child"),
    RefusalCode.UNEMPLOYMENT_MONTHS: (worker, f"{UNEMPLOYMENT}?thang_gan_nhat=11"),
    RefusalCode.FILED_TOO_LATE: (
        worker,
        f"{UNEMPLOYMENT}?ngay_nghi_viec={TODAY}&ngay_nop={TODAY + timedelta(days=93)}",
    ),
    RefusalCode.COULD_DRAW_PENSION: (
        lambda: a_life(
            a_person(**OLD),
            periods=[months(200, 1), months(200, 1, fund="bhtn")],
        ),
        UNEMPLOYMENT,
    ),
}


def _jobless(ended: int = 4, **benefit: Any) -> Any:
    """Paid nine years until so many months ago; nine months of benefit since the month after."""
    facts = {"from_date": (NOW - ended + 1).first_day, "to_date": None, "months": 9, **benefit}
    return a_life(
        periods=[months(107 + ended, ended, fund="bhtn", salary=10_000_000)],
        benefits=[a_benefit(kind="bhtn", regime="Trợ cấp thất nghiệp", amount=6_000_000, **facts)],
    )


def _pensioner(**changes: Any) -> Any:
    pension = {"kind": "hang-thang", "regime": "Lương hưu", "from_date": date(2018, 3, 1),
               "to_date": None, "amount": 2_708_149, **changes}  # fmt: skip
    return a_life(
        a_person(birth_date=date(1963, 2, 1)),
        periods=[a_period(from_month=199501, to_month=201802)],
        benefits=[a_benefit(**pension)],
    )


REFUSED |= {
    RefusalCode.DRAWING_UNEMPLOYMENT: (_jobless, UNEMPLOYMENT),
    RefusalCode.DRAWING_UNEMPLOYMENT_UNKNOWN: (lambda: _jobless(months=None), UNEMPLOYMENT),
    RefusalCode.UNEMPLOYMENT_USED_UP: (lambda: _jobless(30), UNEMPLOYMENT),
    RefusalCode.DRAWING_PENSION: (_pensioner, PENSION),
    RefusalCode.PENSION_BARS_WITHDRAWAL: (_pensioner, ONE_TIME),
    RefusalCode.PENSION_BARS_UNEMPLOYMENT: (_pensioner, UNEMPLOYMENT),
}


def test_who_draws_unemployment_benefit_is_told_what_is_left() -> None:
    stored(_jobless())
    client = signed_in(AN)
    for address in (UNEMPLOYMENT, f"{UNEMPLOYMENT}?ngay_nop={TODAY}"):
        text = said(client, address)
        assert "Đang hưởng trợ cấp thất nghiệp, còn 5 tháng" in text
        assert "Mỗi tháng 6.000.000 đ, được hưởng 9 tháng từ ngày" in text
        assert "Thời gian đã đóng không mất" not in text
    answer = client.get(UNEMPLOYMENT)
    assert typed_in(answer)["thang_da_dong"] == "0"
    assert 'href="/thong-tin-huong/bhtn/"' in answer.content.decode()


def test_who_drew_a_benefit_and_will_work_again_can_try_it_out() -> None:
    stored(_jobless())
    day = (NOW + 24).first_day
    address = (
        f"{UNEMPLOYMENT}?ngay_nghi_viec={day}&thang_da_dong=14&thang_gan_nhat=14&ngay_nop={day}"
    )
    assert "Mỗi tháng 6.000.000 đ Số tháng hưởng 3 tháng" in said(signed_in(AN), address)


@pytest.mark.parametrize("query", ["", "?muc_binh_quan=9000000", "?muc_binh_quan=nhieu"])
def test_pensioner_is_told_of_the_pension_they_draw(query: str) -> None:
    stored(_pensioner())
    answer = signed_in(AN).get(PENSION + query)
    text = text_of(answer)
    assert "Đang hưởng lương hưu 2.708.149 đ mỗi tháng, từ ngày 01/03/2018" in text
    assert "tăng 8 % từ ngày 01/07/2026" in text
    assert "NĐ 162/2026/NĐ-CP" in text
    html = answer.content.decode()
    assert 'href="/thong-tin-huong/hang-thang/"' in html
    # There is nothing to try out, and no estimate.
    assert 'id="so-lieu"' not in html
    assert "Hưởng từ tháng" not in text


def test_pension_that_ended_bars_nothing() -> None:
    stored(_pensioner(to_date=TODAY - timedelta(days=1)))
    assert "Đang hưởng lương hưu" not in said(signed_in(AN), PENSION)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("life", [_jobless, _pensioner])
def test_page_of_who_draws_a_benefit_takes_no_more_statements(
    address: str, life: Any, django_assert_num_queries: Any
) -> None:
    stored(life())
    client = signed_in(AN)
    directory.current()
    with django_assert_num_queries(2):
        assert client.get(address).status_code == 200


def test_every_refusal_is_tried() -> None:
    assert set(REFUSED) == set(RefusalCode)


@pytest.mark.parametrize("code", list(RefusalCode))
def test_refusal_says_why_and_what_to_do(code: RefusalCode) -> None:
    make, address = REFUSED[code]
    stored(make())
    answer = signed_in(AN).get(address)
    assert answer.status_code == 200
    text = text_of(answer)
    title, step = (re.split(r"%\(\w+\)s", str(part)) for part in sentences.REFUSALS[code])
    for piece in (*title, *step):
        assert " ".join(piece.replace("%%", "%").split()) in text
    assert "%(" not in text
    assert "Bảng áp dụng và căn cứ pháp lý" in text
