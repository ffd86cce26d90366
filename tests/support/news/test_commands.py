"""News is written, scheduled, taken down and brought back; every step leaves its trace."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.support.news.writing import DAY, a_photo, an_article, an_editor, content
from vssid.audit.models import Event
from vssid.files.errors import PhotoNotAPhotoError
from vssid.kernel.clock import utc_now
from vssid.staff.models import Role
from vssid.support.news import commands, errors, queries
from vssid.support.news.models import Article, ArticlePicture, ArticleVersion, Category
from vssid.support.news.rules import Stage, stage

pytestmark = pytest.mark.django_db


def _acts() -> list[str]:
    return list(
        Event.objects.filter(act__startswith="news.").order_by("id").values_list("act", flat=True)
    )


def test_article_is_saved_with_its_first_version_and_its_event() -> None:
    article = an_article()
    assert article.slug == "the-bhyt-dien-tu-dung-the-nao"
    assert "cac buoc mo ung dung dua ma" in article.search_text
    assert ArticleVersion.objects.get().number == article.version == 1
    event = Event.objects.get(act="news.open")
    assert (event.subject, event.details) == (
        str(article.id),
        {"slug": article.slug, "version": 1},
    )


def test_articles_of_one_title_get_addresses_of_their_own() -> None:
    by = an_editor()
    slugs = [an_article(by=by, title="Một").slug for _ in range(3)]
    assert slugs == ["mot", "mot-2", "mot-3"]


@pytest.mark.parametrize("role", [role for role in Role if role not in {"content", "operator"}])
def test_other_roles_write_nothing(role: Role) -> None:
    article = an_article()
    by, now = an_editor(role), utc_now()
    for write in (
        lambda: commands.open_article(content=content(), by=by, now=now),
        lambda: commands.change_article(
            article_id=article.id, content=content(), seen=1, by=by, now=now
        ),
        lambda: commands.withdraw_article(article_id=article.id, by=by, now=now),
        lambda: commands.bring_back(article_id=article.id, number=1, by=by, now=now),
        lambda: commands.drop_picture(article_id=article.id, number=1, by=by),
        lambda: commands.add_picture(
            article_id=article.id, picture=a_photo(), alt="x", alt_en="", by=by
        ),
    ):
        with pytest.raises(errors.MayNotPublishError):
            write()
    assert _acts() == ["news.open"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"body": "<script>alert(1)</script>"}, errors.NothingToReadError),
        ({"title_en": "Card"}, errors.EnglishIncompleteError),
        (
            {"title_en": "Card", "summary_en": "x", "body_en": "<b></b>"},
            errors.EnglishIncompleteError,
        ),
        ({"withdraw_at": utc_now()}, errors.TimesReversedError),
        ({"publish_at": utc_now(), "withdraw_at": utc_now() - DAY}, errors.TimesReversedError),
    ],
)
def test_what_cannot_be_shown_is_refused(changes: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        commands.open_article(content=content(**changes), by=an_editor(), now=utc_now())
    assert not Article.objects.exists()


def test_stage_follows_the_clock() -> None:
    now = utc_now()
    article = an_article(publish_at=now + DAY, withdraw_at=now + 2 * DAY)
    assert stage(article, now) is Stage.SCHEDULED
    assert stage(article, now + DAY) is Stage.OPEN
    assert stage(article, now + 2 * DAY) is Stage.WITHDRAWN
    assert stage(an_article(publish_at=None), now) is Stage.DRAFT


def test_only_what_is_open_now_is_read() -> None:
    by, now = an_editor(), utc_now()
    for title, times in {
        "Nháp": {"publish_at": None},
        "Mai": {"publish_at": now + DAY},
        "Qua": {"withdraw_at": now - timedelta(seconds=1)},
        "Hôm nay": {"withdraw_at": now + DAY},
        "Ghim": {"publish_at": now - 9 * DAY, "is_pinned": True},
    }.items():
        an_article(by=by, title=title, now=now, **times)
    assert [one.title for one in queries.opened(now)] == ["Ghim", "Hôm nay"]
    assert [one.title for one in queries.opened(now + DAY)] == ["Ghim", "Mai"]


def test_second_save_over_the_same_version_is_refused() -> None:
    article = an_article()
    by, now = an_editor(), utc_now()
    commands.change_article(
        article_id=article.id, content=content(title="Mới"), seen=1, by=by, now=now
    )
    with pytest.raises(errors.ChangedMeanwhileError):
        commands.change_article(article_id=article.id, content=content(), seen=1, by=by, now=now)
    article.refresh_from_db()
    assert (article.title, article.version) == ("Mới", 2)
    assert article.slug == "the-bhyt-dien-tu-dung-the-nao"
    assert _acts() == ["news.open", "news.change"]


def test_open_article_is_taken_down_and_scheduled_one_is_a_draft_again() -> None:
    by, now = an_editor(), utc_now()
    shown = an_article(by=by, is_pinned=True)
    commands.withdraw_article(article_id=shown.id, by=by, now=now)
    shown.refresh_from_db()
    assert (stage(shown, now), shown.is_pinned) == (Stage.WITHDRAWN, False)
    later = an_article(by=by, publish_at=now + DAY)
    commands.withdraw_article(article_id=later.id, by=by, now=now)
    later.refresh_from_db()
    assert stage(later, now) is Stage.DRAFT
    for one in (shown, later):
        with pytest.raises(errors.NotShownError):
            commands.withdraw_article(article_id=one.id, by=by, now=now)


def test_old_version_is_brought_back_as_the_newest_and_keeps_the_times() -> None:
    article = an_article()
    by, now = an_editor(), utc_now()
    later = content(title="Sai", category=Category.NOTICE, publish_at=now)
    commands.change_article(article_id=article.id, content=later, seen=1, by=by, now=now)
    commands.bring_back(article_id=article.id, number=1, by=by, now=now)
    article.refresh_from_db()
    assert (article.title, article.category, article.version) == (
        "Thẻ BHYT điện tử dùng thế nào",
        Category.GUIDE,
        3,
    )
    assert article.publish_at == now
    assert [one.number for one in queries.versions(article)] == [3, 2, 1]
    with pytest.raises(errors.ArticleUnknownError):
        commands.bring_back(article_id=article.id, number=9, by=by, now=now)


def test_picture_is_made_anew_numbered_and_dropped_with_its_file() -> None:
    article, by = an_article(), an_editor()

    def add() -> ArticlePicture:
        return commands.add_picture(
            article_id=article.id, picture=a_photo(), alt="Quầy một cửa", alt_en="", by=by
        )

    first, second = add(), add()
    assert (first.number, second.number) == (1, 2)
    assert queries.picture(article.id, first.id).startswith(b"\xff\xd8")
    commands.drop_picture(article_id=article.id, number=1, by=by)
    with pytest.raises(errors.ArticleUnknownError):
        queries.picture(article.id, first.id)
    assert add().number == 3
    assert _acts() == [
        "news.open",
        *["news.add-picture"] * 2,
        "news.drop-picture",
        "news.add-picture",
    ]


def test_picture_without_words_or_that_is_none_is_refused(settings: Any) -> None:
    article, by = an_article(), an_editor()

    def add(picture: bytes, alt: str) -> None:
        commands.add_picture(article_id=article.id, picture=picture, alt=alt, alt_en="", by=by)

    with pytest.raises(errors.AltMissingError):
        add(a_photo(), "")
    with pytest.raises(PhotoNotAPhotoError):
        add(b"<svg onload=alert(1)>", "x")
    settings.VSSID_NEWS_PICTURES = 0
    with pytest.raises(errors.TooManyPicturesError):
        add(a_photo(), "x")
    assert not ArticlePicture.objects.exists()


def test_picture_of_a_draft_is_not_open() -> None:
    now = utc_now()
    article, by = an_article(publish_at=now + DAY), an_editor()
    added = commands.add_picture(
        article_id=article.id, picture=a_photo(), alt="x", alt_en="", by=by
    )
    with pytest.raises(errors.ArticleUnknownError):
        queries.open_picture(added.id, now=now, is_small=False)
    assert queries.open_picture(added.id, now=now + DAY, is_small=True).startswith(b"\xff\xd8")


def test_unknown_article_is_said() -> None:
    by, now = an_editor(), utc_now()
    with pytest.raises(errors.ArticleUnknownError):
        commands.change_article(article_id=uuid4(), content=content(), seen=1, by=by, now=now)
    with pytest.raises(errors.ArticleUnknownError):
        commands.withdraw_article(article_id=uuid4(), by=by, now=now)


def test_nothing_is_saved_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_given: Any) -> None:
        raise OSError

    by = an_editor()
    monkeypatch.setattr(commands, "record_event", fail)
    with pytest.raises(OSError):  # noqa: PT011 - the class is ours alone here
        commands.open_article(content=content(), by=by, now=utc_now())
    assert not Article.objects.exists()
