"""The record screens: everything the guides promise, for everybody, and of nobody else."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.insurance.building import (
    AN,
    BINH,
    CLERK,
    a_benefit,
    a_card,
    a_cost,
    a_life,
    a_paper,
    a_period,
    a_person,
    a_visit,
    an_entry,
    stored,
)
from tests.web.signing_in import signed_in
from vssid.insurance.commands import write_families, write_life
from vssid.insurance.invented.generate import generate_lives
from vssid.insurance.invented.life import Place
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.reference import directory
from vssid.web import ui
from vssid.web.ui.charts import BOTTOM

pytestmark = pytest.mark.django_db

TODAY = vietnam_today(utc_now())
PAGES = [
    "quan-ly-ca-nhan/",
    "the-bhyt/",
    "qua-trinh-tham-gia/bhxh/",
    "qua-trinh-tham-gia/bhtn/",
    "qua-trinh-tham-gia/bhtnld-bnn/",
    "qua-trinh-tham-gia/bhyt/",
    "thong-tin-huong/mot-lan/",
    "thong-tin-huong/ngan-han/",
    "thong-tin-huong/tnld-bnn/",
    "thong-tin-huong/hang-thang/",
    "thong-tin-huong/bhtn/",
    "so-kham-chua-benh/",
    "so-kham-chua-benh/2025/",
]
CARD_STAGE = "the-bhyt/xem/"
HANOI = Place("01", "00004", "Phường Ba Đình", 1, "01003", "Trạm y tế Thử")


def _a_card_today(number: str = AN, **changes: Any) -> Any:
    days = {"valid_from": TODAY - timedelta(days=30), "valid_to": TODAY + timedelta(days=335)}
    return a_card(number, **{**days, **changes})


def everything(number: str = AN, name: str = "Nguyễn Thị An", **person: Any) -> Any:
    """Somebody who has something everywhere."""
    visit = a_visit(number)
    sick, pension = (
        a_benefit(number),
        a_benefit(number, kind="hang-thang", regime="Lương hưu", to_date=None),
    )
    return a_life(
        a_person(number, full_name=name, id_kind="cccd", id_number=f"00{number}", **person),
        cards=[_a_card_today(number), a_card(number, valid_from=date(2020, 1, 1))],
        periods=[
            a_period(number, from_month=201903, to_month=202012),
            a_period(number, from_month=202103, to_month=202105, state="late"),
            a_period(number, salary=7_000_000),
        ],
        benefits=[sick, pension],
        benefit_entries=[
            an_entry(sick),
            an_entry(pension, kind="adjustment", from_date=date(2025, 7, 1), amount=999_000),
        ],
        visits=[visit],
        visit_costs=[a_cost(visit)],
        papers=[a_paper(visit)],
    )


@pytest.fixture
def an() -> Client:
    """An, who has something everywhere."""
    stored(everything())
    return signed_in(AN)


def _text(client: Client, address: str) -> str:
    """What a page says, without tags, with single spaces."""
    answer = client.get(f"/{address}")
    assert answer.status_code == 200, address
    body = re.sub(r"(?s)<(head|svg)\b.*?</\1>", " ", answer.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("\xa0", " ").split())


@pytest.mark.parametrize("address", [*PAGES, CARD_STAGE])
def test_page_takes_the_session_check_and_one_more_statement(
    an: Client, address: str, django_assert_num_queries: Any
) -> None:
    directory.current()  # held by every worker from its first page on
    with django_assert_num_queries(2):
        assert an.get(f"/{address}").status_code == 200


@pytest.mark.parametrize("address", [*PAGES, CARD_STAGE])
def test_visitor_is_led_to_sign_in(address: str) -> None:
    answer = Client().get(f"/{address}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap/")


@pytest.mark.parametrize("address", PAGES)
def test_person_with_nothing_sees_a_kind_page(address: str) -> None:
    stored(a_life(a_person(phone="", email="")))
    assert "None" not in _text(signed_in(AN), address)


@pytest.mark.parametrize("address", [*PAGES, CARD_STAGE])
def test_page_holds_no_inline_script_or_style(an: Client, address: str) -> None:
    html = an.get(f"/{address}").content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", html)


def test_card_stage_without_a_card_leads_to_the_details() -> None:
    stored(a_life())
    assert signed_in(AN).get(f"/{CARD_STAGE}")["Location"] == "/the-bhyt/"


def test_invented_people_of_all_kinds_have_whole_pages() -> None:
    families = list(generate_lives(7, 12, TODAY, [HANOI]))
    write_families(families=families, by=CLERK)
    for life in [life for family in families for life in family.lives]:
        client = signed_in(life.person.number)
        for address in PAGES:
            assert "None" not in _text(client, address)


# --- what each address says -----------------------------------------------------------------------


def test_i01_home_says_who_it_is_and_leads_everywhere(an: Client) -> None:
    text = _text(an, "quan-ly-ca-nhan/")
    for shown in ("Nguyễn Thị An", AN, "12/05/1990", f"00{AN}", "Số 5"):
        assert shown in text
    html = an.get("/quan-ly-ca-nhan/").content.decode()
    for address in ("/the-bhyt/", "/qua-trinh-tham-gia/", "/thong-tin-huong/",
                 "/so-kham-chua-benh/"):  # fmt: skip
        assert f'href="{address}"' in html


def test_home_answers_three_questions(an: Client) -> None:
    text = _text(an, "quan-ly-ca-nhan/")
    until = TODAY + timedelta(days=335)
    assert f"Còn giá trị Đến hết ngày {until:%d/%m/%Y}" in text
    assert "Tổng thời gian tham gia BHXH 2 năm 10 tháng Chậm đóng: 3 tháng" in text
    assert "Tháng BHXH đóng gần nhất 12/2025 Công ty TNHH Thử nghiệm" in text


def test_home_of_a_person_with_nothing_answers_too() -> None:
    stored(a_life())
    text = _text(signed_in(AN), "quan-ly-ca-nhan/")
    assert "Chưa có thẻ" in text
    assert "Chưa tham gia" in text


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ({"valid_to": TODAY - timedelta(days=1)}, "Hết giá trị"),
        ({"valid_from": TODAY + timedelta(days=1)}, "Chưa đến hạn sử dụng"),
        ({"valid_to": None}, "Còn giá trị"),
    ],
)
def test_i02_card_says_whether_it_is_valid(card: dict[str, Any], said: str) -> None:
    stored(a_life(cards=[_a_card_today(**card)]))
    assert said in _text(signed_in(AN), "the-bhyt/")


def test_i02_card_without_an_end_does_not_read_as_expired() -> None:
    stored(a_life(cards=[_a_card_today(valid_from=date(2018, 10, 1), valid_to=None)]))
    client = signed_in(AN)
    assert "Thời hạn có giá trị Từ ngày 01/10/2018" in _text(client, "the-bhyt/")
    assert "Giá trị sử dụng Từ ngày 01/10/2018" in _text(client, CARD_STAGE)


def test_i02_card_with_an_end_names_both_days() -> None:
    card = a_card(valid_from=date(2018, 10, 1), valid_to=date(2090, 12, 31))
    stored(a_life(cards=[card]))
    client = signed_in(AN)
    assert "Thời hạn có giá trị 01/10/2018 – 31/12/2090" in _text(client, "the-bhyt/")
    assert "Giá trị sử dụng 01/10/2018 – 31/12/2090" in _text(client, CARD_STAGE)


@pytest.mark.parametrize(("code", "said"), [("HT", "HT – Hưu trí"), ("QN", "Đối tượng QN Mã")])
def test_i02_group_is_said_in_words_where_they_are_known(code: str, said: str) -> None:
    stored(a_life(cards=[_a_card_today(group_code=code, card_number=f"{code}401{AN}")]))
    assert said in _text(signed_in(AN), "the-bhyt/")


def test_i02_card_shows_its_details(an: Client) -> None:
    text = _text(an, "the-bhyt/")
    for shown in ("Nguyễn Thị An", f"DN401{AN}", "Bệnh viện Thử nghiệm (01003)", "01/04/2020",
                  "80 % chi phí khám", "Xem thẻ Bảo hiểm y tế",
                  "Các thẻ theo thời gian"):  # fmt: skip
        assert shown in text


def test_i07_card_itself_has_both_sides_and_its_code(an: Client) -> None:
    html = an.get(f"/{CARD_STAGE}").content.decode()
    assert html.count("bhyt-front") >= 1
    assert html.count("bhyt-back") >= 1
    assert "Xoay thẻ" in html
    assert html.count("<svg") >= 2
    assert AN in html


def test_i03_fund_is_picked_by_pressing_it(an: Client) -> None:
    html = an.get("/qua-trinh-tham-gia/bhtn/").content.decode()
    order = [html.index(f'href="/qua-trinh-tham-gia/{fund}/"') for fund in
             ("bhxh", "bhtn", "bhtnld-bnn", "bhyt")]  # fmt: skip
    assert order == sorted(order)
    assert "Chưa có quá trình tham gia BHTN" in _text(an, "qua-trinh-tham-gia/bhtn/")


def test_i03_totals_of_paid_and_late_months_are_told_apart(an: Client) -> None:
    text = _text(an, "qua-trinh-tham-gia/bhxh/")
    assert "Tổng thời gian tham gia 2 năm 10 tháng" in text
    assert "Tổng thời gian chậm đóng 3 tháng" in text
    assert "10 tháng đã đóng" in text


def test_i03_months_without_a_job_are_not_called_unpaid() -> None:
    stored(a_life(periods=[a_period(to_month=202502), a_period(from_month=202507)]))
    html = signed_in(AN).get("/qua-trinh-tham-gia/bhxh/").content.decode()
    assert "m-missing" not in html
    assert "chưa đóng" not in html.casefold()


def test_i03_months_that_an_employer_left_out_are_marked_and_explained(an: Client) -> None:
    html = an.get("/qua-trinh-tham-gia/bhxh/").content.decode()
    assert html.count('class="m-missing"') == 2  # the legend and 2021
    assert "3 tháng chậm đóng, 2 tháng chưa thấy đóng" in html


def test_i03_year_without_a_job_says_so() -> None:
    stored(
        a_life(periods=[a_period(to_month=202502), a_period(from_month=202301, to_month=202301)])
    )
    text = _text(signed_in(AN), "qua-trinh-tham-gia/bhxh/")
    assert "2025 2 tháng đã đóng 2024 Không tham gia 2023 1 tháng đã đóng" in text


def test_pay_line_breaks_where_nobody_was_insured(an: Client) -> None:
    html = an.get("/qua-trinh-tham-gia/bhxh/").content.decode()
    line = re.search(r'class="salary-path" d="([^"]+)"', html)
    area = re.search(r'class="salary-area" d="([^"]+)"', html)
    assert line is not None
    assert area is not None
    assert line[1].count("M") == area[1].count("M") == 3
    assert f"V{BOTTOM}" not in line[1]
    text = _text(an, "qua-trinh-tham-gia/bhxh/")
    assert "Từ 01/2021 Không đóng theo lương hoặc thu nhập Từ 03/2021 6.000.000 đ" in text
    assert " 0 đ" not in text


def test_i04_household_cover_is_reckoned_on_the_base_wage() -> None:
    home = a_period(
        fund="bhyt", kind="household", employer_name="", occupation="", position="", workplace="",
        salary=2_530_000, wage=2_530_000,
    )  # fmt: skip
    state = replace(home, id=uuid4(), kind="supported", from_month=202301, to_month=202301)
    stored(a_life(periods=[home, state]))
    text = _text(signed_in(AN), "qua-trinh-tham-gia/bhyt/")
    assert "Đơn vị Hộ gia đình tự đóng Hình thức Hộ gia đình" in text
    assert "Đơn vị Ngân sách nhà nước đóng hoặc hỗ trợ Hình thức" in text
    assert text.count("Mức lương cơ sở làm căn cứ đóng 2.530.000 đ") == 2
    for hidden in ("Mức lương (mỗi tháng)", "Nghề nghiệp", "Chức vụ", "Nơi làm việc", "tiền lương"):
        assert hidden not in text
    assert "Thời gian 01/2023 (1 tháng)" in text


def test_i04_voluntary_payer_chose_an_income() -> None:
    stored(a_life(periods=[a_period(kind="voluntary", employer_name="", occupation="Tự do")]))
    text = _text(signed_in(AN), "qua-trinh-tham-gia/bhxh/")
    for shown in ("Đơn vị Tự đóng Nghề nghiệp Tự do", "Thu nhập chọn làm căn cứ đóng 6.000.000 đ",
                  "Thu nhập chọn làm căn cứ đóng, mỗi tháng"):  # fmt: skip
        assert shown in text
    assert "Mức lương" not in text


def test_i04_period_opens_to_its_details(an: Client) -> None:
    text = _text(an, "qua-trinh-tham-gia/bhxh/")
    for shown in ("03/2019 – 12/2020", "Công ty TNHH Thử nghiệm", "Nghề nghiệp Công nhân may",
                  "Chức vụ Công nhân", "Nơi làm việc Hà Nội", "7.000.000 đ"):  # fmt: skip
        assert shown in text


def test_withdrawn_months_are_explained() -> None:
    withdrawal = a_benefit(
        kind="mot-lan",
        regime="BHXH một lần",
        from_date=date(2025, 1, 1),
        to_date=date(2025, 6, 30),
    )
    stored(a_life(periods=[a_period()], benefits=[withdrawal]))
    text = _text(signed_in(AN), "qua-trinh-tham-gia/bhxh/")
    assert "Tổng thời gian tham gia 6 tháng" in text
    assert "6 tháng đã được tính hưởng" in text


def test_i05_benefits_stand_in_the_order_of_the_guides(an: Client) -> None:
    html = an.get("/thong-tin-huong/ngan-han/").content.decode()
    order = [html.index(f'href="/thong-tin-huong/{kind}/"') for kind in
             ("mot-lan", "ngan-han", "tnld-bnn", "hang-thang", "bhtn")]  # fmt: skip
    assert order == sorted(order)


def test_i05_benefit_shows_its_decision_and_its_money(an: Client) -> None:
    text = _text(an, "thong-tin-huong/ngan-han/")
    for shown in ("Ốm đau", "12/QĐ-BHXH", "20/03/2025", "562.500 đ", "Ngân hàng Thử nghiệm"):
        assert shown in text
    assert "0011223344" not in text
    assert "999.000 đ" in _text(an, "thong-tin-huong/hang-thang/")


def test_i05_what_a_benefit_never_has_is_left_out() -> None:
    day = date(2025, 3, 3)
    accident = a_benefit(kind="tnld-bnn", from_date=day, to_date=day, employer_name="")
    stored(a_life(benefits=[accident]))
    text = _text(signed_in(AN), "thong-tin-huong/tnld-bnn/")
    assert "Đơn vị" not in text
    assert "Thời gian 03/03/2025 Số tiền" in text


def test_i06_visit_opens_to_its_bill_and_who_paid(an: Client) -> None:
    text = _text(an, "so-kham-chua-benh/2025/")
    for shown in ("Bệnh viện Thử nghiệm", "Viêm mũi họng cấp", "J00", "08:30 02/06/2025",
                  "BHYT trả 160.000 đ", "Bạn cùng chi trả 40.000 đ", "02.1896", "1,5",
                  "01003-0001", "Hợp lệ"):  # fmt: skip
        assert shown in text


def test_i06_year_without_a_visit_says_so(an: Client) -> None:
    said = "Không có thông tin khám chữa bệnh trong năm 2023"
    assert said in _text(an, "so-kham-chua-benh/2023/")


def test_medical_book_without_a_year_opens_at_the_latest(an: Client) -> None:
    assert "Viêm mũi họng cấp" in _text(an, "so-kham-chua-benh/")


@pytest.mark.parametrize(
    "address",
    [
        "qua-trinh-tham-gia/bhqq/",
        "thong-tin-huong/khac/",
        "so-kham-chua-benh/0/",
        "so-kham-chua-benh/1994/",
        f"so-kham-chua-benh/{TODAY.year + 1}/",
        "so-kham-chua-benh/99999999999/",
    ],
)
def test_page_that_cannot_be_is_not_found(an: Client, address: str) -> None:
    assert an.get(f"/{address}").status_code == 404


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("qua-trinh-tham-gia/", "/qua-trinh-tham-gia/bhxh/"),
        ("thong-tin-huong/", "/thong-tin-huong/mot-lan/"),
    ],
)
def test_short_address_leads_to_the_first_tab_of_an_empty_record(short: str, whole: str) -> None:
    stored(a_life())
    assert signed_in(AN).get(f"/{short}")["Location"] == whole


def test_short_address_leads_to_the_first_tab_that_has_something() -> None:
    benefits = [a_benefit(kind="bhtn", months=3), a_benefit(kind="hang-thang", to_date=None)]
    cover = [a_period(fund="bhyt", kind="household"), a_period(fund="bhtnld-bnn")]
    stored(a_life(periods=cover, benefits=benefits), everything(BINH))
    an = signed_in(AN)
    assert an.get("/qua-trinh-tham-gia/")["Location"] == "/qua-trinh-tham-gia/bhtnld-bnn/"
    assert an.get("/thong-tin-huong/")["Location"] == "/thong-tin-huong/hang-thang/"


@pytest.mark.parametrize("address", ["qua-trinh-tham-gia/", "thong-tin-huong/"])
def test_way_in_takes_one_statement_of_its_own(
    an: Client, address: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        an.get(f"/{address}")


def test_print_keeps_rows_whole_and_lets_long_panels_run_over_pages() -> None:
    css = (Path(ui.__file__).parent / "static/ui/ui.css").read_text("utf-8")
    printed = css.split("@media print {")[1].split("\n  }\n")[0]
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", printed)
    whole = {one.strip() for names, body in rules if "break-inside: avoid" in body
             for one in names.split(",")}  # fmt: skip
    assert {".table tr", ".rows > div"} <= whole
    assert whole.isdisjoint({".panel", ".fold", ".table-box", ".strip"})
    cut = {one.strip() for names, body in rules if "overflow: visible" in body
           for one in names.split(",")}  # fmt: skip
    assert {".panel", ".fold", ".table-box"} <= cut
    assert "size: A4" in printed


# --- whose record ------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*PAGES, CARD_STAGE])
def test_other_peoples_records_are_never_reached(address: str) -> None:
    visit = datetime(2025, 6, 2, tzinfo=UTC)
    stored(
        everything(BINH, "Trần Văn Bình"),
        a_life(cards=[_a_card_today()], visits=[a_visit(entered_at=visit, left_at=visit)]),
    )
    html = signed_in(AN).get(f"/{address}?number={BINH}").content.decode()
    assert BINH not in html
    assert "Trần Văn Bình" not in html


def test_i02_unchanged_record_is_not_sent_twice_and_a_changed_one_is(an: Client) -> None:
    first = an.get("/the-bhyt/")
    an.cookies.update(first.cookies)
    tag = an.get("/the-bhyt/")["ETag"]
    assert an.get("/the-bhyt/", headers={"If-None-Match": tag}).status_code == 304
    write_life(life=everything(), by=CLERK)
    assert an.get("/the-bhyt/", headers={"If-None-Match": tag}).status_code == 200
