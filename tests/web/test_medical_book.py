"""The medical book: looking for a facility, visits without costs, many visits in a year."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.insurance.building import AN, a_cost, a_life, a_visit, stored
from tests.web.signing_in import signed_in
from tests.web.visiting import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    """An, who was at three places in two years."""
    visits = [
        a_visit(facility_name="Bệnh viện Bạch Mai"),
        a_visit(facility_name="Trạm y tế Đống Đa", disease_name="Ho gà"),
        a_visit(
            facility_name="Bệnh viện Bạch Mai", disease_name="Đau răng",
            entered_at=a_visit().entered_at.replace(year=2023),
            left_at=a_visit().left_at.replace(year=2023),
        ),
    ]  # fmt: skip
    stored(a_life(visits=visits, visit_costs=[a_cost(visits[0])]))
    return signed_in(AN)


def test_i06_facility_is_found_within_the_year(visitor: Client) -> None:
    text = text_of(visitor.get("/so-kham-chua-benh/2025/?tim=dong+da"))
    assert "Tại «dong da» trong năm 2025 1 lần khám, chữa bệnh" in text
    assert "Ho gà" in text
    assert "Viêm mũi họng cấp" not in text


def test_i06_facility_is_found_through_all_years(visitor: Client) -> None:
    answer = visitor.get("/so-kham-chua-benh/?tim=B%E1%BA%A1ch+mai")
    text = text_of(answer)
    assert "2 lần khám, chữa bệnh Bệnh viện Bạch Mai 02/06/2025 · Viêm mũi họng cấp" in text
    assert "02/06/2023 · Đau răng" in text
    html = answer.content.decode()
    assert 'href="/so-kham-chua-benh/2023/#lan-1"' in html
    assert 'id="lan-1"' in visitor.get("/so-kham-chua-benh/2023/").content.decode()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("2025/?tim=cho+ray", "Không có lần khám nào ở «cho ray» trong năm 2025"),
        ("?tim=cho+ray", "Không có lần khám nào ở «cho ray» Thử gõ ít chữ hơn"),
        ("2025/?tim=", "Cả năm 2025"),
        ("?tim=+++", "Cả năm 2025"),
        ("2025/?tim=%3Cscript%3E", "«<script>» trong năm 2025"),
        (f"2025/?tim={'x' * 5000}", "Không có lần khám nào ở «" + "x" * 100 + "»"),
        ("2025/?trang=99", "Cả năm 2025"),
        ("2025/?trang=-1", "Cả năm 2025"),
        ("2025/?trang=%C2%B2", "Cả năm 2025"),
    ],
)
def test_odd_searches_and_pages_are_answered_kindly(
    visitor: Client, address: str, said: str
) -> None:
    answer = visitor.get(f"/so-kham-chua-benh/{address}")
    assert answer.status_code == 200
    assert said in text_of(answer)
    assert "<script>" not in answer.content.decode()


@pytest.mark.parametrize("address", ["?tim=bach", "2025/?tim=bach"])
def test_search_takes_the_session_check_and_one_more_statement(
    visitor: Client, address: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        visitor.get(f"/so-kham-chua-benh/{address}")


def test_i06_visit_without_costs_is_said_kindly() -> None:
    stored(a_life(visits=[a_visit(total=0, insurance_paid=0, co_paid=0)]))
    text = text_of(signed_in(AN).get("/so-kham-chua-benh/2025/"))
    assert "1 lần khám, chữa bệnh. Chưa có chi phí nào được gửi." in text
    assert "Chưa có chi phí: cơ sở khám, chữa bệnh chưa gửi bảng kê" in text
    assert " 0 đ" not in text


def test_i06_visit_without_a_bill_still_says_who_paid() -> None:
    stored(a_life(visits=[a_visit()]))
    text = text_of(signed_in(AN).get("/so-kham-chua-benh/2025/"))
    assert "Bạn cùng chi trả 40.000 đ" in text
    assert "chưa gửi bảng kê từng khoản" in text


def test_i06_many_visits_of_a_year_stand_on_several_pages() -> None:
    first = a_visit()
    visits = [
        replace(first, id=uuid4(), entered_at=first.entered_at - timedelta(days=back),
                disease_name=f"Bệnh số {back:02d}")
        for back in range(35)
    ]  # fmt: skip
    stored(a_life(visits=visits))
    client = signed_in(AN)
    page_one, page_two = (
        text_of(client.get(f"/so-kham-chua-benh/2025/?trang={number}")) for number in (1, 2)
    )
    for page in (page_one, page_two):
        assert "35 lần khám, chữa bệnh 7.000.000 đ" in page
    assert "Bệnh số 29" in page_one
    assert "Bệnh số 30" not in page_one
    assert "Bệnh số 30" in page_two
    assert "Phần 2 trong 2" in page_two
    found = client.get("/so-kham-chua-benh/?tim=thu+nghiem").content.decode()
    assert 'href="/so-kham-chua-benh/2025/?trang=2#lan-31"' in found
    assert 'id="lan-31"' in client.get("/so-kham-chua-benh/2025/?trang=2").content.decode()


def test_i06_book_on_paper_says_whose_it_is(visitor: Client) -> None:
    html = visitor.get("/so-kham-chua-benh/2025/").content.decode()
    line = html[html.index('class="on-paper"') :].split("</p>")[0]
    assert AN in line
    assert "Nguyễn Thị An" in line
    assert "In ngày" in line
    assert 'citizen/print.css" media="print"' in html
