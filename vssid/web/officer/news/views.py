"""The articles of the editors: the list, one article with its pictures and versions."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vssid.files.errors import FileErasedError, FileMissingError
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.staff import queries as staff
from vssid.staff.rules import can_publish
from vssid.support.news import commands, queries
from vssid.support.news.errors import ArticleUnknownError, HourPassedError
from vssid.support.news.models import Article, Category
from vssid.support.news.rules import Stage, stage
from vssid.web.officer.news.forms import ArticleForm, PictureForm, typed_at_first, typed_before
from vssid.web.ui import desk_session, refusals
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render, render_form
from vssid.web.ui.uploads import CappedUpload

_PER_PAGE = 25
_DO, _LOOK = "viec", "xem"
# What is refused by one field; everything else is said above the form.
_AT_FIELD = {HourPassedError.code: "publish_at"}


@officer(may=can_publish)
def articles(request: OfficerRequest) -> HttpResponse:
    """Every article, the last changed first, with where it stands; by words, if some are given."""
    wanted = request.GET.get("tim", "")
    found = queries.matching(queries.all_articles(), wanted=wanted)
    pages = Paginator(found, _PER_PAGE)
    shown = pages.get_page(request.GET.get("trang", "1"))
    now = utc_now()
    rows = [(one, stage(one, now), Category(one.category).label) for one in shown]
    return render(
        request,
        "officer/news/articles.html",
        Page(title=_("Tin tức"), wide=True),
        rows=rows,
        shown=shown,
        wanted=wanted,
    )


@officer(may=can_publish)
def write(request: OfficerRequest) -> HttpResponse:
    """A new article; looking at it first saves nothing."""
    if request.method != "POST":
        return _draw(request, ArticleForm(initial=typed_at_first() | _kept(request)))
    form = ArticleForm(request.POST)
    if form.is_valid() and request.POST.get(_DO) != _LOOK:
        now = utc_now()
        try:
            made = commands.open_article(
                content=form.content(now, None), by=request.desk.officer, now=now
            )
        except CodedError as error:
            form.refuse(_AT_FIELD.get(error.code), error)
        else:
            return _to(made, "luu")
    return _draw(request, form)


@officer(may=can_publish)
def article(request: OfficerRequest, article_id: UUID) -> HttpResponse:
    """One article: its words, times, pictures and versions on one screen."""
    found, now = _found(article_id), utc_now()
    if request.method != "POST":
        return _draw(request, ArticleForm(initial=typed_before(found, now) | _kept(request)), found)
    form = ArticleForm(request.POST)
    if form.is_valid() and request.POST.get(_DO) != _LOOK:
        try:
            saved = commands.change_article(
                article_id=found.id,
                content=form.content(now, found),
                seen=form.cleaned_data["seen"] or 0,
                by=request.desk.officer,
                now=now,
            )
        except CodedError as error:
            form.refuse(_AT_FIELD.get(error.code), error)
        else:
            return _to(saved, "luu")
    return _draw(request, form, found)


@officer(may=can_publish)
def withdraw(request: OfficerRequest, article_id: UUID) -> HttpResponse:
    """«Gỡ xuống»: asked once more, then done."""
    found = _found(article_id)
    problem = ""
    if request.method == "POST":
        try:
            commands.withdraw_article(article_id=found.id, by=request.desk.officer, now=utc_now())
        except CodedError as error:
            refusals.note(request, error.code)
            problem = str(error)
        else:
            return _to(found, "go")
    page = Page(title=_("Gỡ tin xuống"), back=_address(found))
    return render(
        request,
        "officer/news/withdraw.html",
        page,
        status=409 if problem else 200,
        article=found,
        problem=problem,
    )


@officer(may=can_publish)
def add_picture(request: OfficerRequest, article_id: UUID) -> HttpResponse:
    """Take in a picture with its words."""
    found = _found(article_id)
    if request.method != "POST":
        return _to(found)
    form = PictureForm(request.POST, request.FILES)
    # No file, or an empty one, is refused by the command in its own words.
    form.errors.pop("picture", None)
    upload = request.FILES.get("picture")
    if not form.errors:
        try:
            # One byte more than may be is kept of what is too large: refused by its size.
            content = upload.read() if isinstance(upload, CappedUpload) else b""
            commands.add_picture(
                article_id=found.id,
                picture=content,
                alt=form.cleaned_data["alt"],
                alt_en=form.cleaned_data["alt_en"],
                by=request.desk.officer,
            )
        except CodedError as error:
            form.refuse("alt" if error.code == "news.alt-missing" else "picture", error)
        else:
            return _to(found, "anh")
    typed = ArticleForm(initial=typed_before(found, utc_now()))
    return _draw(request, typed, found, picturing=form, status=form.status)


@officer(may=can_publish)
def picture(request: OfficerRequest, article_id: UUID, picture: UUID) -> HttpResponse:
    """A picture, also of an article that nobody else sees yet."""
    try:
        content = queries.picture(article_id, picture)
    except (ArticleUnknownError, FileErasedError, FileMissingError) as error:
        raise Http404 from error
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Cache-Control"] = NEVER_KEPT
    return answer


@officer(may=can_publish)
def drop_picture(request: OfficerRequest, article_id: UUID, number: int) -> HttpResponse:
    """«Bỏ ảnh»."""
    found = _found(article_id)
    if request.method == "POST":
        try:
            commands.drop_picture(article_id=found.id, number=number, by=request.desk.officer)
        except ArticleUnknownError as error:
            raise Http404 from error
    return _to(found, "bo-anh")


@officer(may=can_publish)
def version(request: OfficerRequest, article_id: UUID, number: int) -> HttpResponse:
    """An old version as it was; it can be brought back as the newest."""
    found = _found(article_id)
    old = next((one for one in queries.versions(found) if one.number == number), None)
    if old is None:
        raise Http404
    if request.method == "POST":
        try:
            commands.bring_back(
                article_id=found.id, number=number, by=request.desk.officer, now=utc_now()
            )
        except CodedError as error:
            raise Http404 from error
        return _to(found, "luu")
    title = _("Phiên bản %(number)s") % {"number": number}
    drawn = Article(id=found.id, slug=found.slug, changed_at=old.at, **_words(old.content))
    return render(
        request,
        "officer/news/version.html",
        Page(title=title, back=_address(found), wide=True),
        article=found,
        old=old,
        by=staff.names_of([old.by_name]).get(old.by_name, old.by_name),
        whole=_drawn(drawn),
    )


def _draw(
    request: OfficerRequest,
    form: ArticleForm,
    found: Article | None = None,
    *,
    picturing: PictureForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = utc_now()
    title = _("Sửa tin") if found else _("Viết tin mới")
    saved = queries.versions(found) if found else []
    answer = render_form(
        request,
        "officer/news/article.html",
        Page(title=title, back=reverse("officer:news"), wide=True),
        form,
        article=found,
        stage=stage(found, now) if found else Stage.DRAFT,
        pictures=queries.pictures(found) if found else [],
        picturing=picturing or PictureForm(),
        versions=saved,
        names=staff.names_of({one.by_name for one in saved}),
        preview=_preview(request, form, found),
        done=_done(request),
    )
    if status != 200:
        answer.status_code = status
    return answer


def _preview(request: OfficerRequest, form: ArticleForm, found: Article | None) -> object:
    """What was typed as it would be read; None when nobody asked, or it cannot be read yet."""
    if request.POST.get(_DO) != _LOOK or not form.is_valid():
        return None
    content = form.content(utc_now(), found)
    typed = {name: getattr(content, name) for name in (*_WORDS, "is_pinned")}
    key = {"id": found.id, "slug": found.slug} if found else {}
    return _drawn(Article(**key, changed_at=utc_now(), **typed))


_WORDS = ("category", "title", "summary", "body", "title_en", "summary_en", "body_en")


def _words(content: dict[str, Any]) -> dict[str, Any]:
    return {name: content[name] for name in _WORDS}


def _drawn(article: Article) -> queries.Whole:
    base = reverse("officer:news_article", kwargs={"article_id": article.id}) + "anh/"
    return queries.drawn(article, language=get_language() or "vi", base=base)


def _kept(request: OfficerRequest) -> dict[str, Any]:
    """What was typed here when the screen locked."""
    kept = desk_session.take_kept(request, request.desk.officer, request.path)
    return {name: texts[0] for name, texts in kept.items() if texts}


def _found(article_id: UUID) -> Article:
    try:
        return queries.article(article_id)
    except ArticleUnknownError as error:
        raise Http404 from error


def _address(found: Article) -> str:
    return reverse("officer:news_article", kwargs={"article_id": found.id})


def _to(found: Article, done: str = "") -> HttpResponse:
    return HttpResponseRedirect(_address(found) + (f"?xong={done}" if done else ""))


def _done(request: OfficerRequest) -> str:
    return {
        "luu": _("Đã lưu."),
        "go": _("Đã gỡ tin xuống. Không ai đọc được nữa; mọi phiên bản vẫn còn ở đây."),
        "anh": _("Đã thêm ảnh."),
        "bo-anh": _("Đã bỏ ảnh."),
    }.get(request.GET.get("xong", ""), "")
