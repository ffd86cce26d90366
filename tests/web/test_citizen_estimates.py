"""The estimates: filled in from the record, changed by hand, refused with the next step."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import escape

from tests.factories import an_officer
from tests.insurance.building import (
    AN,
    BINH,
    a_benefit,
    a_card,
    a_life,
    a_period,
    a_person,
    stored,
)
from tests.web.signing_in import signed_in
from tests.web.visiting import at_desk, text_of, typed_in
from vssid.insurance.estimates.codes import Caveat, LineCode, RefusalCode, TableCode
from vssid.insurance.tables.laws import Topic
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.months import Month
from vssid.reference import directory
from vssid.web.citizen.estimates import sentences, words

pytestmark = pytest.mark.django_db

TODAY = vietnam_today(utc_now())
NOW = Month.of(TODAY)
ALL = "/uoc-tinh/"
ONE_TIME, PENSION = f"{ALL}mot-lan/", f"{ALL}huu-tri/"
MATERNITY, SICKNESS = f"{ALL}thai-san/", f"{ALL}om-dau/"
UNEMPLOYMENT, HOUSEHOLD = f"{ALL}that-nghiep/", f"{ALL}bhyt-ho-gia-dinh/"
PAGES = [ONE_TIME, PENSION, MATERNITY, SICKNESS, UNEMPLOYMENT, HOUSEHOLD]


def months(back_first: int, back_last: int, **changes: Any) -> Any:
    """A period from and to so many months ago."""
    first, last = (NOW - back_first).yyyymm, (NOW - back_last).yyyymm
    return a_period(from_month=first, to_month=last, **changes)


def worker(number: str = AN, **changes: Any) -> Any:
    """Who has been paid for the last ten years and still is, in both funds, at 10 million."""
    return a_life(
        a_person(number, **changes),
        periods=[
            months(120, 1, number=number, salary=10_000_000),
            months(120, 1, number=number, fund="bhtn", salary=10_000_000),
        ],
    )


@pytest.fixture
def an() -> Client:
    """An, who has worked for ten years."""
    stored(worker())
    return signed_in(AN)


def said(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return text_of(answer)


# --- who sees them ------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [ALL, *PAGES])
def test_visitor_and_officer_are_led_to_sign_in(address: str) -> None:
    for client in (Client(), at_desk(an_officer())):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/dang-nhap/")


@pytest.mark.parametrize("address", [ALL, *PAGES])
def test_page_is_called_an_estimate_and_holds_no_inline_code(an: Client, address: str) -> None:
    answer = an.get(address)
    html = answer.content.decode()
    assert "ước tính" in text_of(answer).casefold()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", html)
    assert "None" not in text_of(answer)


@pytest.mark.parametrize("address", PAGES)
def test_page_takes_the_session_check_and_one_more_statement(
    an: Client, address: str, django_assert_num_queries: Any
) -> None:
    directory.current()
    with django_assert_num_queries(2):
        assert an.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_nobody_elses_record_is_reckoned_with(address: str) -> None:
    stored(worker(BINH, full_name="Trần Bình", phone=""), a_life())
    html = signed_in(AN).get(address).content.decode()
    assert "10.000.000" not in html
    assert "Trần Bình" not in html


@pytest.mark.parametrize("address", PAGES)
def test_person_with_nothing_sees_a_kind_page(address: str) -> None:
    stored(a_life(a_person(phone="", email="")))
    assert "None" not in said(signed_in(AN), address)


@pytest.mark.parametrize("address", [ALL, *PAGES])
def test_page_speaks_english_too(an: Client, address: str) -> None:
    an.cookies["ngon_ngu"] = "en"
    assert "Estimate" in said(an, address)


def test_start_leads_to_all_six(an: Client) -> None:
    html = an.get(ALL).content.decode()
    for address in PAGES:
        assert f'href="{address}"' in html


# --- what is filled in --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        (ONE_TIME, {"thang_tu_2014": "120", "thang_truoc_2014": "0"}),
        (PENSION, {"thang_bat_buoc": "120", "muc_dong_tiep": "10.000.000"}),
        (MATERNITY, {"thang_bat_buoc": "12", "muc_binh_quan": "10.000.000", "so_con": "1"}),
        (SICKNESS, {"luong_thang_truoc": "10.000.000", "tong_thang_bat_buoc": "120"}),
        (UNEMPLOYMENT, {"thang_da_dong": "120", "muc_binh_quan": "10.000.000"}),
        (HOUSEHOLD, {"so_nguoi": "1", "tu_nguoi_thu": "1"}),
    ],
)
def test_form_is_filled_in_from_the_record(
    an: Client, address: str, fields: dict[str, str]
) -> None:
    typed = typed_in(an.get(address))
    assert {name: typed[name] for name in fields} == fields


def test_sections_stand_in_their_order(an: Client) -> None:
    text = said(an, SICKNESS)
    order = [
        text.index(part)
        for part in ("Số tiền ước tính", "Cách tính", "Bảng áp dụng và căn cứ pháp lý", "Lưu ý")
    ]
    assert order == sorted(order)
    assert "Luật 41/2024/QH15, Điều 45" in text


def test_one_time_says_how_much_and_from_when(an: Client) -> None:
    text = said(an, ONE_TIME)
    assert f"Từ tháng {NOW + 12}" in text
    assert "10 năm × 2 ×" in text
    assert "CV 340/BHXH-CSXH" in text
    assert "Bạn hưởng lương Nhà nước" not in text
    assert "Hồ sơ không ghi ai hưởng lương theo thang bảng lương Nhà nước" in text


def test_pension_says_both_ways(an: Client) -> None:
    """Born on 12/05/1990: 60 years in 5/2050, from 6/2050."""
    text = said(an, PENSION)
    assert "Tuổi nghỉ hưu 60 tuổi Hưởng từ tháng 06/2050" in text
    assert "Nếu đóng tiếp đến khi hưởng Lương hưu mỗi tháng" in text
    assert "Nếu dừng đóng từ nay" in text
    assert "Mới đóng 10 năm, còn thiếu 5 năm" in text
    assert "45 % cho 15 năm, thêm 2 % mỗi năm, nhiều nhất 75 %" in text


def test_maternity_adds_pay_and_grant(an: Client) -> None:
    text = said(an, f"{MATERNITY}?ngay_sinh_con=2026-08-01")
    assert "Tổng số tiền ước tính 65.060.000 đ" in text
    assert "6 tháng × 10.000.000 đ" in text
    assert "1 con × 2 × 2.530.000 đ" in text


def test_sickness_pays_by_the_day(an: Client) -> None:
    text = said(an, f"{SICKNESS}?so_ngay=2,5")
    # 10 M × 75 % / 24 × 2.5
    assert "Số tiền ước tính 781.250 đ" in text
    assert "Còn lại trong năm 27,5 ngày" in text


@pytest.mark.parametrize(
    ("address", "amount"),
    [
        # 6 × 50.600.000 + 2 × 2.530.000
        (f"{MATERNITY}?ngay_sinh_con=2026-08-01&muc_binh_quan=500000000", "308.660.000 đ"),
        (f"{SICKNESS}?ngay_nghi=2026-08-01&luong_thang_truoc=999000000", "1.581.250 đ"),
    ],
)
def test_pay_above_the_ceiling_counts_up_to_it(an: Client, address: str, amount: str) -> None:
    text = said(an, address)
    assert f"ố tiền ước tính {amount}" in text
    assert "Mức đóng cao nhất được tính mỗi tháng 20 × 2.530.000 đ 50.600.000 đ" in text
    assert "Luật 41/2024/QH15, Điều 31" in text


def test_unemployment_pays_by_the_month(an: Client) -> None:
    text = said(an, UNEMPLOYMENT)
    assert "Mỗi tháng 6.000.000 đ Số tháng hưởng 10 tháng" in text
    assert "Tổng số tiền ước tính 60.000.000 đ" in text


def test_household_sums_its_members(an: Client) -> None:
    text = said(an, f"{HOUSEHOLD}?so_nguoi=4&ngay_dong=2026-07-01")
    assert "Cả hộ phải đóng 3.825.360 đ" in text
    assert "Người thứ 4 50 % mức đóng đủ: 12 tháng × 56.925 đ 683.100 đ" in text


def test_household_card_of_ones_own_says_until_when() -> None:
    card = a_card(group_code="GD", card_number=f"GD401{AN}", valid_to=date(2026, 11, 30))
    stored(a_life(cards=[card]))
    assert "Thẻ hộ gia đình của bạn dùng đến 30/11/2026" in said(signed_in(AN), HOUSEHOLD)


def test_years_of_the_mean_are_shown_while_it_is_the_records(an: Client) -> None:
    assert "Mức bình quân, từng năm" in said(an, ONE_TIME)
    assert "Mức bình quân, từng năm" not in said(an, f"{ONE_TIME}?muc_binh_quan=5000000")


@pytest.mark.parametrize("last", [NOW.yyyymm, (NOW + 13).yyyymm, 209912])
def test_job_without_an_end_is_estimated_with_the_months_that_are_over(last: int) -> None:
    first = (NOW - 120).yyyymm
    jobs = [
        a_period(fund=fund, from_month=first, to_month=last, salary=10_000_000)
        for fund in ("bhxh", "bhtn")
    ]
    stored(a_life(periods=jobs))
    client = signed_in(AN)
    for address, field in (
        (ONE_TIME, "thang_tu_2014"),
        (PENSION, "thang_bat_buoc"),
        (f"{MATERNITY}?ngay_sinh_con={NOW.first_day}", "tong_thang_bat_buoc"),
        (UNEMPLOYMENT, "thang_da_dong"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert typed_in(answer)[field] == "120"


# --- what is changed by hand --------------------------------------------------------------------


def test_everything_typed_counts_and_stays(an: Client) -> None:
    address = f"{ONE_TIME}?thang_truoc_2014=48&thang_tu_2014=120&muc_binh_quan=12.000.000+%C4%91"
    answer = an.get(address)
    assert "Số tiền ước tính 312.000.000 đ" in text_of(answer)
    assert typed_in(answer)["muc_binh_quan"] == "12.000.000 đ"


def test_below_a_year_by_hand_goes_by_the_mean_typed(an: Client) -> None:
    text = said(an, f"{ONE_TIME}?thang_tu_2014=9&muc_binh_quan=5000000")
    assert "Số tiền ước tính 9.900.000 đ" in text


def test_state_scale_fills_in_another_mean() -> None:
    """What nobody changed follows the box; what was typed stays."""
    stored(a_life(periods=[a_period(from_month=201001, to_month=202512, salary=5_000_000)]))
    an = signed_in(AN)
    first = typed_in(an.get(PENSION))
    asked = (
        f"{PENSION}?luong_nha_nuoc=1&muc_binh_quan={{}}&muc_binh_quan_san={first['muc_binh_quan']}"
    )
    untouched = typed_in(an.get(asked.format(first["muc_binh_quan"])))
    typed = typed_in(an.get(asked.format("9.999.999")))
    assert untouched["muc_binh_quan"] != first["muc_binh_quan"]
    assert typed["muc_binh_quan"] == "9.999.999"


def test_other_end_of_work_fills_in_othermonths(an: Client) -> None:
    first = typed_in(an.get(UNEMPLOYMENT))
    day = (NOW - 60).last_day
    query = f"?ngay_nghi_viec={day}&" + "&".join(
        f"{name}={first[name]}"
        for name in ("thang_da_dong", "thang_da_dong_san", "thang_gan_nhat", "thang_gan_nhat_san")
    )
    answer = an.get(UNEMPLOYMENT + query)
    assert typed_in(answer)["thang_da_dong"] == "61"
    assert "nay đã qua" in text_of(answer)


def test_voluntary_payer_is_asked_for_their_group() -> None:
    stored(a_life(periods=[months(30, 14, kind="voluntary", salary=3_000_000)]))
    client = signed_in(AN)
    assert "Nhóm được Nhà nước hỗ trợ" in said(client, ONE_TIME)
    poor = typed_in(client.get(f"{ONE_TIME}?nhom_ho_tro=poor"))["tien_ho_tro"]
    assert poor != typed_in(client.get(ONE_TIME))["tien_ho_tro"]


def test_who_never_chose_is_not_asked_for_a_group(an: Client) -> None:
    assert "Nhóm được Nhà nước hỗ trợ" not in said(an, ONE_TIME)


def test_father_draws_days_and_the_grant_where_the_mother_cannot() -> None:
    stored(worker(sex="M"))
    text = said(signed_in(AN), f"{MATERNITY}?ngay_sinh_con=2026-08-01&me_khong_du=1")
    assert "Số ngày làm việc được nghỉ 5" in text
    # 5 × 10 M / 24 + 5.060.000
    assert "Tổng số tiền ước tính 7.143.333 đ" in text


def test_form_is_folded_until_it_was_used(an: Client) -> None:
    closed, opened = (
        re.search(r'<details class="fold" id="so-lieu"( open)?>', an.get(address).content.decode())
        for address in (ONE_TIME, f"{ONE_TIME}?thang_tu_2014=120")
    )
    assert closed is not None
    assert opened is not None
    assert (closed[1], opened[1]) == (None, " open")


@pytest.mark.parametrize("day", ["2016-01-01", "2035-12-31", "31/12/2026"])
def test_day_within_the_tables_is_taken(an: Client, day: str) -> None:
    assert an.get(f"{MATERNITY}?ngay_sinh_con={day}&thang_bat_buoc=12").status_code == 200


def test_source_that_is_not_settled_is_said_to_need_checking(an: Client) -> None:
    new, old = (
        said(an, f"{MATERNITY}?ngay_sinh_con={day}") for day in ("2026-07-01", "2026-06-30")
    )
    assert "NĐ 168/2026/NĐ-CP Điều 2; Luật 41/2024/QH15 Điều 53 (cần đối chiếu)" in new
    assert "cần đối chiếu" not in old


def test_what_is_taken_off_bears_a_minus(an: Client) -> None:
    text = said(an, f"{ONE_TIME}?thang_tu_2014=12&muc_binh_quan=5000000&tien_ho_tro=1000000")
    assert "Trừ tiền Nhà nước đã hỗ trợ đóng – −1.000.000 đ" in text
    assert "Số tiền ước tính 9.000.000 đ" in text


# --- what cannot be read ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "field", "said"),
    [
        (f"{ONE_TIME}?muc_binh_quan=nhieu", "muc_binh_quan", "Số tiền chỉ gồm chữ số"),
        (f"{ONE_TIME}?muc_binh_quan=", "muc_binh_quan", "Xin nhập số tiền"),
        (f"{ONE_TIME}?muc_binh_quan=9999999999", "muc_binh_quan", "Số tiền lớn quá 1.000.000.000"),
        (f"{ONE_TIME}?muc_binh_quan=-5", "muc_binh_quan", "Số tiền chỉ gồm chữ số"),
        (f"{ONE_TIME}?thang_tu_2014=-1", "thang_tu_2014", "Xin nhập số từ 0 trở lên"),
        (f"{ONE_TIME}?thang_tu_2014=721", "thang_tu_2014", "Xin nhập số không quá 720"),
        (f"{ONE_TIME}?thang_tu_2014=1.5", "thang_tu_2014", "Chỗ này chỉ nhập số nguyên"),
        (f"{ONE_TIME}?thang_cuoi=13/2024", "thang_cuoi", "Tháng này không có"),
        (f"{ONE_TIME}?thang_cuoi=01/9999", "thang_cuoi", "Tháng này không có"),
        (f"{ONE_TIME}?truong_hop=khac", "truong_hop", "Xin chọn một mục"),
        (f"{PENSION}?thang_huong=mai", "thang_huong", "Tháng viết như 03/2019"),
        (f"{PENSION}?truong_hop=", "truong_hop", "Xin chọn một mục"),
        (f"{MATERNITY}?ngay_sinh_con=32/01/2026", "ngay_sinh_con", "Ngày viết như 21/11/2026"),
        (f"{MATERNITY}?ngay_sinh_con=2015-12-31", "ngay_sinh_con", "từ 01/01/2016 trở đi"),
        (f"{MATERNITY}?ngay_sinh_con=2036-01-01", "ngay_sinh_con", "không sau 31/12/2035"),
        (f"{MATERNITY}?ngay_sinh_con=", "ngay_sinh_con", "Xin chọn hoặc nhập một ngày"),
        (f"{MATERNITY}?so_con=0", "so_con", "Xin nhập số từ 1 trở lên"),
        (f"{SICKNESS}?so_ngay=0", "so_ngay", "Xin nhập ít nhất nửa ngày"),
        (f"{SICKNESS}?so_ngay=2,3", "so_ngay", "Số ngày viết như 3 hoặc 2,5"),
        (f"{SICKNESS}?da_nghi=", "da_nghi", "Xin nhập số ngày"),
        (f"{UNEMPLOYMENT}?vung_luong=5", "vung_luong", "Xin chọn một mục"),
        (f"{UNEMPLOYMENT}?thang_gan_nhat=37", "thang_gan_nhat", "Xin nhập số không quá 36"),
        (f"{HOUSEHOLD}?so_nguoi=21", "so_nguoi", "Xin nhập số không quá 20"),
        (f"{HOUSEHOLD}?so_thang=5", "so_thang", "Xin chọn một mục"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(
    an: Client, address: str, field: str, said: str
) -> None:
    answer = an.get(address)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'href="#{field}"' in html
    assert escape(said) in html
    assert "Cách tính" not in text_of(answer)


@pytest.mark.parametrize("odd", ["%00", "%ff", "1" * 5000, "<script>", "%F0%9F%98%80", "٣"])
def test_odd_input_never_breaks_a_page(an: Client, odd: str) -> None:
    for address, names in (
        (ONE_TIME, ("muc_binh_quan", "thang_cuoi", "truong_hop", "thang_tu_2014")),
        (SICKNESS, ("so_ngay", "ngay_nghi", "ngay_sinh_con", "nang_nhoc")),
        (UNEMPLOYMENT, ("ngay_nghi_viec", "hop_dong_ngan", "vung_luong")),
    ):
        for name in names:
            answer = an.get(f"{address}?{name}={odd}")
            assert answer.status_code in {200, 422}
            assert "<script>" not in answer.content.decode()


# --- the words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (LineCode, words.LINES),
        (TableCode, words.TABLES),
        (Topic, words.TOPICS),
        (Caveat, sentences.CAVEATS),
        (RefusalCode, sentences.REFUSALS),
    ],
)
def test_every_code_has_its_words_and_none_is_left_over(codes: Any, said: Any) -> None:
    assert set(said) == set(codes)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("caveat", list(Caveat))
def test_reservation_is_a_sentence(caveat: Caveat, language: str) -> None:
    with translation.override(language):
        assert str(sentences.CAVEATS[caveat]).endswith(".")


def test_benefit_drawn_before_issaid() -> None:
    day = (NOW - 60).first_day
    stored(
        a_life(
            periods=[months(120, 1, fund="bhtn", salary=10_000_000)],
            benefits=[
                a_benefit(kind="bhtn", regime="Trợ cấp thất nghiệp", from_date=day, to_date=None,
                          months=5),
            ],
        )
    )  # fmt: skip
    answer = signed_in(AN).get(UNEMPLOYMENT)
    assert typed_in(answer)["thang_da_dong"] == "60"
    assert "Đã trừ thời gian dùng cho các lần hưởng trước" in text_of(answer)
