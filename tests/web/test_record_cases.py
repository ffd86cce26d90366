"""The record screens for lives that are not ordinary: pensioners, the unpaid, the odd rows."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.insurance.building import (
    AN,
    BINH,
    CLERK,
    a_benefit,
    a_card,
    a_life,
    a_period,
    a_person,
    an_entry,
    stored,
)
from tests.web.signing_in import signed_in
from tests.web.visiting import text_of
from vssid.insurance.tables.cards import co_payment_limit, small_bill_limit
from vssid.kernel.clock import format_date, utc_now, vietnam_today
from vssid.kernel.money import format_dong
from vssid.kernel.months import Month
from vssid.people.commands import open_guardianship

pytestmark = pytest.mark.django_db

TODAY = vietnam_today(utc_now())
NOW = Month.of(TODAY)
HOME, CARD, HISTORY = "/quan-ly-ca-nhan/", "/the-bhyt/", "/qua-trinh-tham-gia/bhxh/"
MONTHLY, JOBLESS = "/thong-tin-huong/hang-thang/", "/thong-tin-huong/bhtn/"


def _says(address: str, *, number: str = AN) -> str:
    answer = signed_in(number).get(address)
    assert answer.status_code == 200
    text = text_of(answer)
    assert "None" not in text
    return text


def _card_today(**changes: Any) -> Any:
    days = {"valid_from": TODAY - timedelta(days=30), "valid_to": TODAY + timedelta(days=335)}
    return a_card(**{**days, **changes})


def _owing(months: int) -> Any:
    """A job whose employer owes the last so many months."""
    return a_period(state="late", from_month=(NOW - months).yyyymm, to_month=(NOW - 1).yyyymm)


# --- home --------------------------------------------------------------------------------------


def _pension(**changes: Any) -> Any:
    facts = {"kind": "hang-thang", "regime": "Lương hưu", "from_date": date(2020, 1, 1),
             "to_date": None, "amount": 5_000_000}  # fmt: skip
    return a_benefit(**{**facts, **changes})


def test_pensioners_home_says_first_what_comes_this_month_and_where() -> None:
    pension = _pension()
    paid_on = NOW.first_day
    stored(
        a_life(
            cards=[_card_today()],
            periods=[a_period(from_month=199001, to_month=201912)],
            benefits=[pension],
            benefit_entries=[
                an_entry(pension, kind="adjustment", from_date=date(2025, 7, 1), amount=5_750_000),
                an_entry(pension, from_date=paid_on, amount=5_750_000),
            ],
        )
    )
    text = _says(HOME)
    said = (
        f"Lương hưu tháng {NOW} 5.750.000 đ Đã chi trả ngày {format_date(paid_on)}. "
        "Tài khoản 0011***344, Ngân hàng Thử nghiệm."
    )
    assert said in text
    assert "0011223344" not in text
    assert text.index("Lương hưu tháng") < text.index("Thẻ BHYT Còn giá trị")
    assert text.index("Thẻ BHYT Còn giá trị") < text.index("Tổng thời gian tham gia BHXH 30 năm")
    assert "Tháng BHXH đóng gần nhất" not in text


def test_pension_not_paid_yet_says_when_the_last_one_came() -> None:
    pension = _pension(account_number="", bank="")
    before = (NOW - 1).first_day + timedelta(days=3)
    entries = [an_entry(pension, from_date=before, amount=5_000_000)]
    stored(a_life(benefits=[pension], benefit_entries=entries))
    text = _says(HOME)
    assert "5.000.000 đ Chưa ghi chi trả; tháng trước trả ngày 4. Chưa ghi tài khoản" in text


def test_arrears_paid_with_the_pension_are_named() -> None:
    pension = _pension()
    entries = [an_entry(pension, from_date=NOW.first_day, amount=7_000_000)]
    stored(a_life(benefits=[pension], benefit_entries=entries))
    assert "5.000.000 đ Đã chi trả 7.000.000 đ ngày" in _says(HOME)


def test_pension_to_come_says_from_which_day() -> None:
    begins = (NOW + 2).first_day
    stored(a_life(benefits=[_pension(from_date=begins)]))
    assert f"Lương hưu tháng {NOW + 2} 5.000.000 đ Bắt đầu từ ngày" in _says(HOME)


def test_ended_pension_is_not_told_on_home() -> None:
    stored(a_life(benefits=[_pension(to_date=TODAY - timedelta(days=1))]))
    assert "Lương hưu" not in _says(HOME)


def test_who_draws_a_benefit_and_still_pays_sees_both() -> None:
    stored(a_life(benefits=[_pension()], periods=[a_period(kind="voluntary", employer_name="")]))
    text = _says(HOME)
    assert "Lương hưu tháng" in text
    assert "Tháng BHXH đóng gần nhất 12/2025 Tự đóng" in text


def test_home_of_a_child_speaks_of_no_contributions() -> None:
    child = a_person(birth_date=TODAY - timedelta(days=6 * 365))
    stored(a_life(child, cards=[_card_today(group_code="TE", card_number=f"TE101{AN}")]))
    text = _says(HOME)
    assert "Tham gia BHXH Chưa phải đóng Chưa đến tuổi đi làm" in text
    assert "Tháng BHXH đóng gần nhất" not in text


@pytest.mark.parametrize(("years", "is_child"), [(15, False), (14, True)])
def test_work_may_begin_at_fifteen(years: int, *, is_child: bool) -> None:
    born = date(TODAY.year - years, TODAY.month, min(TODAY.day, 28))
    stored(a_life(a_person(birth_date=born)))
    assert ("Chưa phải đóng" in _says(HOME)) is is_child


def test_record_of_who_died_says_nothing_is_valid_or_to_come() -> None:
    died = TODAY - timedelta(days=40)
    person = a_person(BINH, full_name="Trần Bình", died_on=died, phone="")
    stored(a_life(), a_life(person, cards=[replace(_card_today(), number=BINH)],
                            periods=[replace(_owing(3), number=BINH)]))  # fmt: skip
    opened = open_guardianship(guardian=AN, child=BINH, relation="guardian", on=TODAY, by=CLERK)
    home = _says(f"/con/{opened.id}{HOME}")
    assert f"Hồ sơ của người đã mất ngày {format_date(died)} Xin chia buồn" in home
    assert "Thẻ BHYT Không còn dùng" in home
    assert "Còn giá trị" not in home
    assert "Đơn vị chưa đóng" not in home


def test_card_of_who_died_is_no_longer_offered() -> None:
    stored(a_life(a_person(died_on=TODAY), cards=[_card_today()]))
    text = _says(CARD)
    assert f"Thẻ không còn dùng: người có thẻ đã mất ngày {format_date(TODAY)}" in text
    assert "Xem thẻ Bảo hiểm y tế" not in text
    assert "Theo quy định ngày" not in text


@pytest.mark.parametrize("address", [HOME, HISTORY])
def test_two_unpaid_months_raise_a_notice(address: str) -> None:
    stored(a_life(periods=[a_period(), _owing(2)]))
    text = _says(address)
    assert "Đơn vị chưa đóng BHXH 2 tháng liền" in text
    said = f"Công ty TNHH Thử nghiệm chưa đóng từ {NOW - 2} đến {NOW - 1}. Hãy hỏi phòng nhân sự"
    assert said in text


@pytest.mark.parametrize("address", [HOME, HISTORY])
def test_one_unpaid_month_raises_none(address: str) -> None:
    stored(a_life(periods=[a_period(), _owing(1)]))
    assert "tháng liền" not in _says(address)


def test_home_counts_of_a_job_without_an_end_the_months_that_are_over() -> None:
    first = NOW - 4
    stored(a_life(periods=[a_period(from_month=first.yyyymm, to_month=209912)]))
    text = _says(HOME)
    assert "Tổng thời gian tham gia BHXH 4 tháng" in text
    assert f"Tháng BHXH đóng gần nhất {NOW - 1}" in text


def test_home_warns_of_a_job_without_an_end_that_is_not_paid() -> None:
    first = NOW - 3
    stored(a_life(periods=[a_period(from_month=first.yyyymm, to_month=209912, state="late")]))
    assert "Đơn vị chưa đóng BHXH 3 tháng liền" in _says(HOME)


# --- the card ----------------------------------------------------------------------------------


def _dong(amount: int) -> str:
    return format_dong(amount).replace("\xa0", " ")


def test_i02_card_says_what_it_pays_today_with_the_sums_of_the_day() -> None:
    stored(a_life(cards=[_card_today()]))
    text = _says(CARD)
    for said in (f"Theo quy định ngày {format_date(TODAY)}, thẻ này trả 80 % chi phí",
                 f"dưới {_dong(small_bill_limit(TODAY))} (15 % lương cơ sở)",
                 f"hơn {_dong(co_payment_limit(TODAY))} (6 tháng lương cơ sở)",
                 "Đã đủ 5 năm từ ngày 01/04/2020", "trạm y tế xã",
                 "Căn cứ: Luật 51/2024/QH15; NĐ 188/2025/NĐ-CP"):  # fmt: skip
        assert said in text


def test_i02_level_that_changed_since_the_card_was_printed_is_explained() -> None:
    card = _card_today(
        group_code="CN", card_number=f"CN301{AN}", benefit_level=3, valid_from=date(2025, 7, 1)
    )
    stored(a_life(cards=[card]))
    text = _says(CARD)
    assert "thẻ này trả 100 % chi phí" in text
    assert "Mức hưởng của nhóm đã đổi từ ngày 01/01/2026 Thẻ in mức 3; theo NQ 261" in text
    assert "Khi nào được trả" not in text


def test_i02_living_area_is_explained() -> None:
    stored(a_life(cards=[_card_today(living_area="K3")]))
    assert "K3: người sống ở xã đảo, huyện đảo" in _says(CARD)


@pytest.mark.parametrize(
    ("rows", "why", "todo"),
    [
        ({}, "Chưa có thẻ BHYT nào trong hồ sơ", "mua BHYT hộ gia đình"),
        (
            {"cards": [a_card(valid_from=TODAY + timedelta(days=3), valid_to=None)]},
            f"Thẻ mới có giá trị từ ngày {format_date(TODAY + timedelta(days=3))}",
            "bạn tự trả chi phí",
        ),
        (
            {"cards": [a_card(group_code="GD", card_number=f"GD401{AN}", valid_to=date(2026, 2, 1),
                              valid_from=date(2025, 2, 1))]},
            "Thẻ gần nhất đã hết giá trị sau ngày 01/02/2026",
            "Đóng tiếp BHYT hộ gia đình",
        ),
        (
            {"periods": [a_period(to_month=202503)]},
            "việc làm tại Công ty TNHH Thử nghiệm chỉ ghi đến tháng 03/2025",
            "Đã có việc mới: hỏi đơn vị mới",
        ),
        ({"periods": [_owing(4)]}, "Công ty TNHH Thử nghiệm chậm đóng BHYT", "Giữ hóa đơn"),
    ],
)  # fmt: skip
def test_i02_without_a_card_it_says_why_and_what_to_do(
    rows: dict[str, Any], why: str, todo: str
) -> None:
    stored(a_life(**rows))
    text = _says(CARD)
    assert why in text
    assert todo in text
    assert text.index(why) < text.index(todo)


@pytest.mark.parametrize(
    ("other", "reason"), [({"benefit_level": 2}, "mức hưởng cao hơn"), ({}, "thẻ này mới hơn")]
)
def test_i02_of_two_valid_cards_it_says_which_goes_and_why(
    other: dict[str, Any], reason: str
) -> None:
    older = _card_today(valid_from=TODAY - timedelta(days=90))
    chosen = _card_today(group_code="BT", card_number=f"BT201{AN}", **other)
    stored(a_life(cards=[older, chosen]))
    text = _says(CARD)
    assert f"Bạn có 2 thẻ cùng còn giá trị Dùng thẻ BT201{AN} vì {reason}" in text
    assert f"DN401{AN} Còn giá trị" in text.split("Các thẻ theo thời gian")[1]


def test_i02_every_card_there_was_is_listed_with_its_state() -> None:
    old = a_card(valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31))
    stored(a_life(cards=[old, _card_today()]))
    listed = _says(CARD).split("Các thẻ theo thời gian")[1]
    assert f"DN401{AN} Hết giá trị 01/01/2020 – 31/12/2020" in listed
    assert f"DN401{AN} Còn giá trị" in listed


# --- contributions -----------------------------------------------------------------------------


def test_i03_total_tells_kinds_and_the_time_before_1995_apart() -> None:
    stored(
        a_life(
            periods=[
                a_period(from_month=199401, to_month=199506),
                a_period(kind="voluntary", from_month=202001, to_month=202006, employer_name=""),
            ]
        )
    )
    text = _says(HISTORY)
    assert "Tổng thời gian tham gia 2 năm" in text
    said = "bắt buộc 1 năm 6 tháng, tự nguyện 6 tháng. Có 1 năm trước năm 1995."
    assert said in text


def test_i03_every_month_leads_to_its_own_period() -> None:
    stored(
        a_life(
            periods=[
                a_period(from_month=202501, to_month=202503),
                a_period(from_month=202504, to_month=202504, state="late"),
                a_period(from_month=202506, to_month=202507, employer_name="Công ty Khác"),
            ]
        )
    )
    html = signed_in(AN).get(HISTORY).content.decode()
    for number, label in ((1, "06–07/2025, Đã đóng"), (2, "04/2025, Chậm đóng"),
                          (3, "01–03/2025, Đã đóng")):  # fmt: skip
        assert f'<a href="#giai-doan-{number}" aria-label="{label}">' in html
        assert html.count(f'<details class="fold" id="giai-doan-{number}"') == 1
    assert html.count('href="#giai-doan-') == 3


def test_i03_months_that_another_period_tells_of_break_the_link_in_two() -> None:
    owed = a_period(from_month=202501, to_month=202512, state="late")
    stored(a_life(periods=[owed, a_period(from_month=202505, to_month=202505)]))
    html = signed_in(AN).get(HISTORY).content.decode()
    for number, label in ((2, "01–04/2025, Chậm đóng"), (1, "05/2025, Đã đóng"),
                          (2, "06–12/2025, Chậm đóng")):  # fmt: skip
        assert f'<a href="#giai-doan-{number}" aria-label="{label}">' in html


def test_i04_job_without_an_end_reads_until_now() -> None:
    first = NOW - 4
    stored(a_life(periods=[a_period(from_month=first.yyyymm, to_month=209912)]))
    text = _says(HISTORY)
    assert f"{first} – nay (4 tháng)" in text
    assert "Tổng thời gian tham gia 4 tháng" in text
    assert "2099" not in text


def test_i04_copies_of_a_row_are_shown_and_counted_once() -> None:
    stored(a_life(periods=[a_period(), a_period()]))
    text = _says(HISTORY)
    assert "Tổng thời gian tham gia 1 năm" in text
    assert "Hồ sơ ghi giai đoạn này 2 lần; chỉ tính một lần." in text
    assert "Có tháng được ghi ở hai giai đoạn" not in text


def test_i04_overlapping_periods_are_explained() -> None:
    stored(a_life(periods=[a_period(), a_period(from_month=202507, employer_name="Công ty B")]))
    text = _says(HISTORY)
    assert "Có tháng được ghi ở hai giai đoạn Mỗi tháng chỉ tính một lần" in text
    assert "Tổng thời gian tham gia 1 năm" in text


def test_i04_missing_pay_and_foreign_pay_are_said_as_they_are() -> None:
    nothing = a_period(from_month=202401, to_month=202412, salary=0, wage=0)
    dollars = a_period(salary=1_200, wage=1_500, currency="USD")
    stored(a_life(periods=[nothing, dollars]))
    text = _says(HISTORY)
    assert "Mức đóng (tiền lương đóng, mỗi tháng) Không ghi mức lương" in text
    assert "1.200 USD" in text
    assert "1.200 đ" not in text
    assert "Căn cứ đóng theo thời gian" not in text


# --- benefits ----------------------------------------------------------------------------------


def test_i05_unemployment_says_months_granted_drawn_left_and_kept() -> None:
    benefit = a_benefit(
        kind="bhtn", regime="Trợ cấp thất nghiệp", employer_name="", months=5,
        from_date=date(2026, 1, 1), to_date=date(2026, 2, 28),
    )  # fmt: skip
    stored(
        a_life(
            periods=[a_period(fund="bhtn", from_month=202001, to_month=202512)],
            benefits=[benefit],
        )
    )
    text = _says(JOBLESS)
    for said in ("Số tháng được hưởng 5 tháng", "Đã hưởng 2 tháng",
                 "Chưa hưởng khi kết thúc 3 tháng", "Thời gian đóng BHTN chưa hưởng 4 năm",
                 "Số quyết định 12/QĐ-BHXH"):  # fmt: skip
        assert said in text


def test_i05_months_paid_show_before_any_unemployment_benefit() -> None:
    stored(a_life(periods=[a_period(fund="bhtn")]))
    text = _says(JOBLESS)
    assert "Thời gian đóng BHTN chưa hưởng 1 năm" in text
    assert "Chưa hưởng trợ cấp thất nghiệp" in text


def test_i05_rises_and_payments_of_a_pension_stand_apart() -> None:
    pension = _pension()
    months = [NOW - back for back in range(14)]
    entries = [an_entry(pension, from_date=month.first_day, amount=1000) for month in months]
    rise = an_entry(pension, kind="adjustment", from_date=date(2021, 1, 1), amount=6_000_000)
    stored(a_life(benefits=[pension], benefit_entries=[*entries, rise]))
    text = _says(MONTHLY)
    assert "Lương hưu 6.000.000 đ mỗi tháng, hiện nay" in text
    assert "Điều chỉnh Điều chỉnh: 6.000.000 đ 01/01/2021 Chi trả Chi trả: 1.000 đ" in text
    assert text.count("Chi trả: 1.000 đ") == 12
    assert f"Năm {(NOW - 13).year}" in text


def test_i05_ended_pension_is_not_called_running() -> None:
    stored(a_life(benefits=[_pension(to_date=date(2024, 1, 1))]))
    text = _says(MONTHLY)
    assert "Hiện không có khoản nào đang hưởng." in text
    assert "hiện nay" not in text


@pytest.mark.parametrize("address", [HISTORY, "/thong-tin-huong/mot-lan/"])
def test_estimates_are_one_press_away(address: str) -> None:
    stored(a_life(periods=[a_period()]))
    assert 'href="/uoc-tinh/"' in signed_in(AN).get(address).content.decode()
