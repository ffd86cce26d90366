"""News at the desk: written, looked at first, scheduled, taken down, brought back."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.support.news.writing import DAY, a_photo, an_article, an_editor
from tests.web.visiting import at_desk, text_of, upload
from vssid.kernel.clock import VIETNAM, utc_now
from vssid.staff.models import Role
from vssid.support.news import queries
from vssid.support.news.models import Article, ArticlePicture, ArticleVersion

pytestmark = pytest.mark.django_db

LIST = "/can-bo/tin-tuc/"
TYPED = {
    "category": "thong-bao",
    "title": "Mở cửa thứ Bảy",
    "summary": "Trong tháng 12.",
    "body": "Từ **8 giờ**.",
    "when": "ngay",
}


@pytest.fixture
def editor() -> Client:
    """The browser of an editor."""
    return at_desk(an_editor())


def _address(article: Article, rest: str = "") -> str:
    return f"{LIST}{article.id}/{rest}"


@pytest.mark.parametrize("role", [Role.CONTENT, Role.OPERATOR])
def test_u04_editor_finds_the_news_from_the_desk_and_publishes(role: Role) -> None:
    client = at_desk(an_editor(role))
    assert f'href="{LIST}"' in client.get("/can-bo/").content.decode()
    answer = client.post(f"{LIST}moi/", TYPED, follow=True)
    assert "Đã lưu." in text_of(answer)
    assert "Mở cửa thứ Bảy" in text_of(Client().get("/tin-tuc/"))
    assert "Đang đăng" in text_of(client.get(LIST))


def test_draft_is_seen_by_editors_only(editor: Client) -> None:
    editor.post(f"{LIST}moi/", TYPED | {"when": "nhap", "withdraw_at": "2030-01-01T08:00"})
    assert "Bản nháp" in text_of(editor.get(LIST))
    assert "Mở cửa" not in text_of(Client().get("/tin-tuc/"))
    assert Article.objects.get().withdraw_at is None


@pytest.mark.parametrize("typed", ["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y"])
def test_u04_hour_is_vietnams_however_it_is_typed(editor: Client, typed: str) -> None:
    at = (utc_now() + DAY).astimezone(VIETNAM).replace(second=0, microsecond=0)
    editor.post(f"{LIST}moi/", TYPED | {"when": "hen", "publish_at": at.strftime(typed)})
    assert Article.objects.get().publish_at == at
    assert "Chờ đến giờ đăng" in text_of(editor.get(LIST))
    assert "Mở cửa" not in text_of(Client().get("/tin-tuc/"))


def test_looking_at_it_first_saves_nothing_and_keeps_what_was_typed(editor: Client) -> None:
    typed = TYPED | {"viec": "xem", "body": "Từ **8 giờ** <script>alert(1)</script>"}
    answer = editor.post(f"{LIST}moi/", typed)
    html = answer.content.decode()
    assert "Xem trước, chưa lưu" in html
    assert "<strong>8 giờ</strong>" in html
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "  "}, "Xin viết tiêu đề."),
        ({"title": "x" * 161}, "tối đa 160 ký tự"),
        ({"summary": ""}, "Xin viết tóm tắt"),
        ({"body": "x" * 40_001}, "tối đa 40000 ký tự"),
        ({"body": "<script>alert(1)</script>"}, "không còn gì để đọc"),
        ({"category": "gi-do"}, "Xin chọn chuyên mục."),
        ({"when": ""}, "Xin chọn khi nào đăng."),
        ({"when": "hen"}, "Xin nhập giờ đăng"),
        ({"when": "hen", "publish_at": "mai"}, "Xin nhập ngày và giờ như"),
        ({"when": "hen", "publish_at": "2020-01-01T08:00"}, "Giờ hẹn đã qua. Xin chọn giờ khác"),
        ({"withdraw_at": "2020-01-01T08:00"}, "Giờ gỡ xuống phải sau giờ đăng"),
        ({"title_en": "Open"}, "Bản tiếng Anh cần đủ"),
    ],
)
def test_mistake_is_said_and_nothing_typed_is_lost(
    editor: Client, changes: dict[str, str], said: str
) -> None:
    answer = editor.post(f"{LIST}moi/", TYPED | {"summary": "Tóm tắt giữ lại"} | changes)
    assert answer.status_code == 422
    assert said in text_of(answer)
    if "summary" not in changes:
        assert "Tóm tắt giữ lại" in answer.content.decode()
    assert not Article.objects.exists()


def test_a_megabyte_is_refused_with_a_sentence(editor: Client) -> None:
    answer = editor.post(f"{LIST}moi/", TYPED | {"body": "đ" * 1_000_000})
    assert answer.status_code in {400, 413}
    assert "Xin" in text_of(answer)
    assert not Article.objects.exists()


def test_change_keeps_the_hour_and_makes_a_version(editor: Client) -> None:
    article = an_article()
    before = article.publish_at
    html = editor.get(_address(article)).content.decode()
    assert 'name="seen" value="1"' in html
    editor.post(_address(article), TYPED | {"seen": "1"})
    article.refresh_from_db()
    assert (article.title, article.publish_at, article.version) == ("Mở cửa thứ Bảy", before, 2)
    assert ArticleVersion.objects.count() == 2


def test_hour_that_is_over_publishes_no_draft_and_a_public_one_may_keep_it(editor: Client) -> None:
    past = {"when": "hen", "publish_at": "2020-01-01T08:00", "seen": "1"}
    draft, public = an_article(publish_at=None), an_article(title="Đã đăng")
    answer = editor.post(_address(draft), TYPED | past)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'href="#publish_at"' in html
    assert 'value="2020-01-01T08:00"' in html
    assert Article.objects.get(pk=draft.pk).publish_at is None
    assert editor.post(_address(public), TYPED | past).status_code == 302


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(editor: Client) -> None:
    article = an_article()
    editor.post(_address(article), TYPED | {"seen": "1"})
    answer = editor.post(_address(article), TYPED | {"seen": "1", "title": "Bản của tôi"})
    assert answer.status_code == 422
    assert "Người khác vừa lưu tin này" in text_of(answer)
    assert "Bản của tôi" in answer.content.decode()


def test_taking_down_is_asked_once_more(editor: Client) -> None:
    article = an_article(title="Một")
    assert "Gỡ tin này xuống?" in text_of(editor.get(_address(article, "go-xuong/")))
    assert Client().get("/tin-tuc/mot/").status_code == 200
    said = text_of(editor.post(_address(article, "go-xuong/"), follow=True))
    assert "Đã gỡ tin xuống" in said
    assert Client().get("/tin-tuc/mot/").status_code == 404
    again = editor.post(_address(article, "go-xuong/"))
    assert again.status_code == 409
    assert "không cần gỡ nữa" in text_of(again)


def test_old_version_is_looked_at_and_brought_back(editor: Client) -> None:
    article = an_article(title="Một", body="Lời cũ")
    editor.post(_address(article), TYPED | {"seen": "1"})
    assert "Lời cũ" in text_of(editor.get(_address(article, "ban/1/")))
    editor.post(_address(article, "ban/1/"))
    article.refresh_from_db()
    assert (article.title, article.version) == ("Một", 3)
    assert editor.get(_address(article, "ban/77/")).status_code == 404


def test_picture_is_added_shown_to_editors_and_dropped(editor: Client) -> None:
    article = an_article(publish_at=None)
    sent = {"picture": upload(a_photo()), "alt": "Quầy một cửa"}
    said = text_of(editor.post(_address(article, "anh/"), sent, follow=True))
    assert "Đã thêm ảnh." in said
    assert "![](anh:1)" in said
    picture = ArticlePicture.objects.get()
    inside = editor.get(_address(article, f"anh/{picture.id}.jpg"))
    assert inside.content.startswith(b"\xff\xd8")
    assert inside["Cache-Control"] == "private, no-store"
    assert Client().get(f"/tin-tuc/anh/{picture.id}.jpg").status_code == 404
    editor.post(_address(article, "anh/1/bo/"))
    assert not ArticlePicture.objects.exists()
    assert editor.get(_address(article, f"anh/{picture.id}.jpg")).status_code == 404


@pytest.mark.parametrize(
    ("content", "alt", "said"),
    [
        (b"", "x", "Xin"),
        (b"<svg onload=alert(1)>", "x", "không phải là ảnh"),
        (b"\xff\xd8\xff" + bytes(11 * 1024 * 1024), "x", "10 MB"),
        (a_photo(), " ", "Xin mô tả ảnh bằng lời"),
        (a_photo(), "x" * 201, "tối đa 200 ký tự"),
    ],
)
def test_picture_that_cannot_be_taken_is_refused_in_words(
    editor: Client, content: bytes, alt: str, said: str
) -> None:
    article = an_article()
    answer = editor.post(_address(article, "anh/"), {"picture": upload(content), "alt": alt})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not ArticlePicture.objects.exists()


def test_sending_without_a_picture_is_refused_in_words(editor: Client) -> None:
    answer = editor.post(_address(an_article(), "anh/"), {"alt": "x"})
    assert answer.status_code == 422


@pytest.mark.parametrize("rest", ["", "go-xuong/", "ban/1/", f"anh/{UUID(int=7)}.jpg", "anh/1/bo/"])
def test_unknown_article_is_not_found(editor: Client, rest: str) -> None:
    address = f"{LIST}{uuid4()}/{rest}"
    assert editor.post(address).status_code == 404


def test_editors_search_all_articles(editor: Client) -> None:
    by = an_editor()
    an_article(by=by, title="Giờ làm việc", publish_at=None)
    an_article(by=by, title="Một", withdraw_at=utc_now() - timedelta(seconds=1))
    said = text_of(editor.get(f"{LIST}?tim=gio+lam"))
    assert "Giờ làm việc" in said
    assert "Một" not in said
    assert "Không có tin nào khớp" in text_of(editor.get(f"{LIST}?tim=zzz"))


def test_everything_shows_as_it_is_in_english(editor: Client) -> None:
    article = an_article()
    editor.cookies["ngon_ngu"] = "en"
    for address in (LIST, f"{LIST}moi/", _address(article), _address(article, "go-xuong/")):
        answer: Any = editor.get(address)
        assert answer.status_code == 200
    assert queries.versions(article)[0].number == 1
