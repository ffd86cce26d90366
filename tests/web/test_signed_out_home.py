"""The signed-out home: what is open to everybody, and that the rest needs an account (U06)."""

from typing import Any

import pytest
from django.test import Client

from tests.support.news.writing import an_article, an_editor
from tests.web.visiting import in_app, text_of
from vssid.support.news.models import Category

pytestmark = pytest.mark.django_db


def test_u06_says_what_is_open_and_what_needs_an_account() -> None:
    answer = Client().get("/")
    html, said = answer.content.decode(), text_of(answer)
    for address in ("/tra-cuu/", "/tin-tuc/", "/ho-tro/", "/kiem-tra-giay/", "/tai-ung-dung/"):
        assert f'class="tile" href="{address}"' in html
    for text in ("Không cần tài khoản", "Của riêng bạn, nên cần đăng nhập", "Chưa có tài khoản?"):
        assert text in said
    assert 'name="password"' in html


def test_app_does_not_offer_to_install_itself() -> None:
    html = in_app().get("/").content.decode()
    assert 'class="tile" href="/tin-tuc/"' in html
    assert 'href="/tai-ung-dung/"' not in html


def test_newest_three_are_shown_and_the_pinned_one_above_everything() -> None:
    by = an_editor()
    for number in range(4):
        an_article(by=by, title=f"Tin {number}")
    an_article(by=by, title="Đừng đọc mã OTP", category=Category.WARNING, is_pinned=True)
    said = text_of(Client().get("/"))
    assert said.index("Đừng đọc mã OTP") < said.index("Mật khẩu")
    assert [number for number in range(4) if f"Tin {number}" in said] == [1, 2, 3]


def test_without_news_nothing_is_missing() -> None:
    assert "Tin mới" not in text_of(Client().get("/"))


@pytest.mark.parametrize(("client", "most"), [(in_app, 1), (Client, 2)])
def test_home_takes_few_reads(client: Any, most: int, django_assert_num_queries: Any) -> None:
    an_article()
    visitor = client()
    visitor.get("/")
    with django_assert_num_queries(most):
        visitor.get("/")


def test_home_of_the_app_is_not_sent_again_until_its_news_change() -> None:
    by = an_editor()
    an_article(by=by)
    client = in_app()
    client.get("/")
    etag = client.get("/")["ETag"]
    answer = client.get("/", headers={"If-None-Match": etag})
    assert (answer.status_code, answer["Cache-Control"]) == (304, "private, no-cache")
    an_article(by=by, title="Mới")
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 200


def test_home_of_the_portal_has_a_picture_for_one_try_and_is_always_sent() -> None:
    assert "ETag" not in Client().get("/")


def test_wrong_password_comes_back_at_the_plain_door() -> None:
    answer = Client().post("/dang-nhap/", {"number": "1"})
    assert answer.status_code == 422
    assert "Không cần tài khoản" not in text_of(answer)
