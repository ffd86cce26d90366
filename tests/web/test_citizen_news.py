"""«Tin tức» for everybody: list, search, one article, pictures, feed (guides U04)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.support.news.writing import DAY, a_photo, an_article, an_editor
from tests.web.visiting import at_home, text_of
from vssid.kernel.clock import utc_now
from vssid.support.news import commands
from vssid.support.news.models import Article, Category

pytestmark = pytest.mark.django_db

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ATOM = "{http://www.w3.org/2005/Atom}"


def _titles(answer: Any) -> list[str]:
    return [line.title for line in _lines(answer)]


def _lines(answer: Any) -> list[Any]:
    html = answer.content.decode()
    return [one for one in Article.objects.all() if f'href="/tin-tuc/{one.slug}/"' in html]


def _two() -> None:
    by = an_editor()
    an_article(by=by, title="Cảnh giác tin nhắn lạ", category=Category.WARNING, is_pinned=True)
    an_article(by=by, title="Giờ làm việc", body="Mở cửa **thứ Bảy**", category=Category.NOTICE)


def test_u04_list_shows_pinned_first_with_category_and_day() -> None:
    _two()
    said = text_of(Client().get("/tin-tuc/"))
    assert said.index("Cảnh giác tin nhắn lạ") < said.index("Giờ làm việc")
    for text in ("Ghim", "Cảnh báo lừa đảo", "Thông báo", "Tất cả"):
        assert text in said


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tim=canh+giac", ["Cảnh giác tin nhắn lạ"]),
        ("tim=C%E1%BA%A3nh+LA", ["Cảnh giác tin nhắn lạ"]),
        ("tim=thu+bay", ["Giờ làm việc"]),
        ("tim=thu+bay&muc=canh-bao", []),
        ("muc=thong-bao", ["Giờ làm việc"]),
        ("muc=gi-do", ["Cảnh giác tin nhắn lạ", "Giờ làm việc"]),
        ("tim=%25", ["Cảnh giác tin nhắn lạ", "Giờ làm việc"]),
        ("tim=%00%ff&trang=abc", ["Cảnh giác tin nhắn lạ", "Giờ làm việc"]),
        ("tim=khong-co-tin-nay", []),
        ("tim=c%E1%BA%A3nh+gaic", ["Cảnh giác tin nhắn lạ"]),
        ("tim=canhgiac", ["Cảnh giác tin nhắn lạ"]),
        ("tim=thuws+bary", ["Giờ làm việc"]),
        ("tim=lamf+vieejc", ["Giờ làm việc"]),
        ("tim=gio+lam+vie", ["Giờ làm việc"]),
        ("tim=gio+lma+viec", ["Giờ làm việc"]),
        ("tim=gio+lamm+vice", ["Giờ làm việc"]),
        ("tim=gio+lma+vie", ["Giờ làm việc"]),
        ("tim=gio+lma+canh", []),
        ("tim=lma+viec", []),
        ("tim=gio+xyz+viec", []),
        ("tim=gio+lam+canh", []),
        ("tim=luwaf+dao", ["Cảnh giác tin nhắn lạ"]),
        ("tim=scam", ["Cảnh giác tin nhắn lạ"]),
    ],
)
def test_u04_search_forgives_accents_and_bad_input(query: str, found: list[str]) -> None:
    _two()
    answer = Client().get(f"/tin-tuc/?{query}")
    assert answer.status_code == 200
    assert sorted(_titles(answer)) == found


def test_search_that_finds_nothing_says_what_to_do() -> None:
    _two()
    said = text_of(Client().get("/tin-tuc/?tim=xyzxyz"))
    assert "Không có tin nào khớp" in said
    assert "Xem tất cả tin" in said


def test_search_says_when_only_something_alike_was_found() -> None:
    _two()
    exact, alike = (text_of(Client().get(f"/tin-tuc/?tim={one}")) for one in ("nhan", "nhawn"))
    assert "1 tin có «nhan»" in exact
    assert "Không có tin nào có đúng chữ «nhann»" in text_of(Client().get("/tin-tuc/?tim=nhann"))
    assert alike


def test_search_puts_what_is_named_so_before_what_only_says_it() -> None:
    by = an_editor()
    an_article(by=by, title="Thẻ BHYT trên điện thoại")
    an_article(by=by, title="Tin khác", body="Xem thẻ bảo hiểm y tế trong máy")
    html = Client().get("/tin-tuc/?tim=the+bhyt").content.decode()
    assert html.index("Thẻ BHYT trên điện thoại") < html.index("Tin khác")


def test_search_follows_what_changes_and_ends() -> None:
    by = an_editor()
    article = an_article(by=by, title="Bưu điện mới")
    assert len(_titles(Client().get("/tin-tuc/?tim=buu+dien"))) == 1
    commands.withdraw_article(article_id=article.id, by=by, now=utc_now())
    assert _titles(Client().get("/tin-tuc/?tim=buu+dien")) == []


def test_a_megabyte_of_search_is_answered() -> None:
    _two()
    answer = Client().get("/tin-tuc/", {"tim": "a" * 1_000_000})
    assert answer.status_code == 200


def test_list_has_pages() -> None:
    by = an_editor()
    for number in range(12):
        an_article(by=by, title=f"Tin số {number}")
    client = Client()
    assert len(_titles(client.get("/tin-tuc/"))) == 10
    second = client.get("/tin-tuc/?trang=2")
    assert len(_titles(second)) == 2
    assert "Trang 2/2" in text_of(second)


def test_u04_article_is_read_and_what_is_not_open_is_not_found() -> None:
    now = utc_now()
    an_article(title="Một", body="Đọc **kỹ** <script>alert(1)</script>")
    an_article(title="Hai", publish_at=now + DAY)
    an_article(title="Ba", withdraw_at=now - timedelta(seconds=1))
    client = Client()
    html = client.get("/tin-tuc/mot/").content.decode()
    assert "<strong>kỹ</strong>" in html
    assert "alert(1)" not in html
    for slug in ("hai", "ba", "bon"):
        answer = client.get(f"/tin-tuc/{slug}/")
        assert answer.status_code == 404
        assert "Không có tin này, hoặc tin đã được gỡ xuống" in text_of(answer)


def test_reader_of_english_gets_english_or_is_told_that_there_is_none() -> None:
    by = an_editor()
    an_article(by=by, title="Một", title_en="One", summary_en="First", body_en="Read it")
    an_article(by=by, title="Hai")
    client = Client()
    client.cookies["ngon_ngu"] = "en"
    assert "Read it" in text_of(client.get("/tin-tuc/mot/"))
    answer = client.get("/tin-tuc/hai/")
    assert "There is no English version" in text_of(answer)
    assert '<article class="article panel" lang="vi"' in answer.content.decode()
    said = text_of(client.get("/tin-tuc/"))
    assert "One" in said
    assert "Hai" in said


def test_unchanged_page_is_not_sent_again_until_something_changes() -> None:
    by, client = an_editor(), Client()
    article = an_article(by=by, title="Một")
    for address in ("/tin-tuc/", "/tin-tuc/mot/"):
        first = client.get(address)
        again = {"If-None-Match": client.get(address)["ETag"]}
        assert client.get(address, headers=again).status_code == 304
        assert first["Cache-Control"] == "private, no-cache"
    etag = client.get("/tin-tuc/")["ETag"]
    an_article(by=by, title="Hai")
    assert client.get("/tin-tuc/", headers={"If-None-Match": etag}).status_code == 200
    etag = client.get("/tin-tuc/mot/")["ETag"]
    commands.add_picture(article_id=article.id, picture=a_photo(), alt="x", alt_en="", by=by)
    assert client.get("/tin-tuc/mot/", headers={"If-None-Match": etag}).status_code == 200


def test_who_signs_in_does_not_get_the_page_of_before() -> None:
    an_article(title="Một")
    client = at_home()
    client.get("/tin-tuc/")
    etag = client.get("/tin-tuc/")["ETag"]
    client.cookies.pop("phien")
    assert client.get("/tin-tuc/", headers={"If-None-Match": etag}).status_code == 200


def test_picture_is_kept_for_ever_in_two_sizes_and_gone_with_its_article() -> None:
    by = an_editor()
    article = an_article(by=by, title="Một", body="Xem ![](anh:1)")
    added = commands.add_picture(
        article_id=article.id, picture=a_photo(), alt="Quầy", alt_en="", by=by
    )
    client = Client()
    assert 'alt="Quầy"' in client.get("/tin-tuc/mot/").content.decode()
    for end in ("", "-nho"):
        answer = client.get(f"/tin-tuc/anh/{added.id}{end}.jpg")
        assert answer.content.startswith(b"\xff\xd8")
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert not answer.cookies
    commands.withdraw_article(article_id=article.id, by=by, now=utc_now())
    assert client.get(f"/tin-tuc/anh/{added.id}.jpg").status_code == 404
    assert client.get(f"/tin-tuc/anh/{uuid4()}.jpg").status_code == 404


def test_u04_feed_is_atom_with_whole_addresses() -> None:
    by = an_editor()
    an_article(by=by, title="Một & <hai>")
    an_article(by=by, title="Mai", publish_at=utc_now() + DAY)
    answer = Client().get("/tin-tuc/atom.xml")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.content)  # noqa: S314 - our own
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Một & <hai>"]
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://testserver/tin-tuc/mot-hai/"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "VssID"
    assert feed.findtext(f"{ATOM}id")
    assert feed.findtext(f"{ATOM}updated")


def test_u04_summary_in_the_feed_is_no_html_of_its_own() -> None:
    an_article(by=an_editor(), summary="<script>alert(1)</script> & <b>hai</b>")
    feed = ET.fromstring(Client().get("/tin-tuc/atom.xml").content)  # noqa: S314 - our own
    summary = feed.find(f"{ATOM}entry/{ATOM}summary")
    assert summary is not None
    assert summary.get("type") == "html"
    assert summary.text == ("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;hai&lt;/b&gt;")


def _feed(query: str = "") -> ET.Element:
    return ET.fromstring(Client().get(f"/tin-tuc/atom.xml{query}").content)  # noqa: S314 - our own


def test_feed_of_each_language_is_one_of_its_own_and_names_what_is_not_translated() -> None:
    an_article(title="Một")
    vietnamese, english = _feed(), _feed("?ngon-ngu=en")
    ids = [feed.findtext(f"{ATOM}id") for feed in (vietnamese, english)]
    assert ids == [f"http://testserver/tin-tuc/atom.xml{to}" for to in ("", "?ngon-ngu=en")]
    for feed, id_ in zip((vietnamese, english), ids, strict=True):
        own = feed.find(f"{ATOM}link[@rel='self']")
        assert own is not None
        assert own.get("href") == id_
    (entry,) = english.findall(f"{ATOM}entry")
    assert (english.get(LANG), entry.get(LANG)) == ("en", "vi")
    assert entry.findtext(f"{ATOM}id") == "http://testserver/tin-tuc/mot/?ngon-ngu=en"
    kept = vietnamese.findtext(f"{ATOM}entry/{ATOM}id")
    assert kept == "http://testserver/tin-tuc/mot/"


def test_list_takes_few_reads(django_assert_max_num_queries: Any) -> None:
    _two()
    client = Client()
    client.get("/tin-tuc/")
    with django_assert_max_num_queries(3):
        client.get("/tin-tuc/")
    with django_assert_max_num_queries(2):
        client.get("/tin-tuc/gio-lam-viec/")
    client.get("/tin-tuc/?tim=gio")
    with django_assert_max_num_queries(2):
        client.get("/tin-tuc/?tim=lam")


@pytest.mark.parametrize("address", ["/tin-tuc/", "/tin-tuc/?tim=mot", "/tin-tuc/atom.xml"])
def test_unchanged_news_takes_one_read(address: str, django_assert_num_queries: Any) -> None:
    an_article(title="Một")
    client = Client()
    client.get(address)
    etag = client.get(address)["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}'):
        with django_assert_num_queries(1):
            answer = client.get(address, headers={"If-None-Match": known})
        assert (answer.status_code, answer["ETag"], answer.content) == (304, etag, b"")


def test_feed_says_since_when_it_is_as_it_is() -> None:
    by = an_editor()
    article = an_article(by=by, title="Một")
    client = Client()
    since = client.get("/tin-tuc/atom.xml")["Last-Modified"]
    again = {"If-Modified-Since": since}
    assert client.get("/tin-tuc/atom.xml", headers=again).status_code == 304
    later = utc_now() + timedelta(seconds=2)
    Article.objects.filter(pk=article.pk).update(changed_at=later)
    assert client.get("/tin-tuc/atom.xml", headers=again).status_code == 200


def test_feed_learns_of_what_was_taken_down() -> None:
    by = an_editor()
    article = an_article(by=by, title="Một")
    first = Client().get("/tin-tuc/atom.xml")
    commands.withdraw_article(article_id=article.id, by=by, now=utc_now() + timedelta(seconds=2))
    Article.objects.filter(pk=article.pk).update(withdraw_at=utc_now())
    etag = {"If-None-Match": first["ETag"]}
    assert Client().get("/tin-tuc/atom.xml", headers=etag).status_code == 200
