"""«Đăng ký tại quầy»: for who comes with nothing but an ID and a phone (guides R18, O02).

The officer fills the form in and takes the photos, the code goes to the person's own phone, the
form is printed and signed on the spot, and another officer approves.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.audit.commands import ONE_LOOK, open_record, record_event
from vssid.files.errors import (
    FileErasedError,
    FileMissingError,
    PhotoRefusedError,
    PhotoTooLargeError,
)
from vssid.files.queries import read_file
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import CodedError
from vssid.kernel.id_qr import IdQr, parse_id_qr
from vssid.kernel.phones import display_phone
from vssid.people import queries as people
from vssid.people.models import Person
from vssid.reference import queries as reference
from vssid.registration import queries
from vssid.registration.commands import at_desk, drafts
from vssid.registration.errors import TooManyPhotosError
from vssid.registration.findings import findings_of
from vssid.registration.identity.reading import with_scan
from vssid.registration.queries import DraftView
from vssid.registration.readings import read_of
from vssid.registration.seeking import Kind, parse_sought
from vssid.web.officer.cases import to_case
from vssid.web.officer.comparing import compare
from vssid.web.officer.counter_forms import CodeForm, CounterForm, StartForm, initial_of
from vssid.web.officer.looking import may_look
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.areas import REFRESH, area_lists, refreshed
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render_form
from vssid.web.ui.photo_words import PhotoQuestion, questions_about
from vssid.web.ui.uploads import CappedUpload

# The declarations that were begun in this session: two tabs of one browser fill in two people's, so
# every address says whose it is.
_BEGUN = "counters"
_MOST_BEGUN = 20
_PHOTOS = drafts.PHOTOS
_DraftView = Callable[[OfficerRequest, DraftView], HttpResponse]
_View = Callable[[OfficerRequest, UUID], HttpResponse]


def _with_draft(view: _DraftView) -> _View:
    """For a declaration that was begun in this session; a filed one leads to its case.

    One that is not, or is gone, leads to the start, which says so.
    """

    @wraps(view)
    def found(request: OfficerRequest, draft_id: UUID) -> HttpResponse:
        is_own = draft_id.hex in request.session.get(_BEGUN, [])
        draft = queries.draft(draft_id) if is_own else None
        if draft is None:
            return HttpResponseRedirect(f"{reverse('officer:counter')}?khong-con=1")
        filed = queries.declaration_of_draft(draft.id) if draft.is_filed else None
        return to_case(filed, "khai", filed.code) if filed else view(request, draft)

    return found


@officer()
def counter(request: OfficerRequest) -> HttpResponse:
    """Begins: what the ID says and what the registry knows of it is filled in already."""
    form = StartForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _may_begin(request, form):
        now = utc_now()
        draft = drafts.start_draft(now=now)
        known = _known(request, form.cleaned_data["paper"])
        office = reference.known_office(request.desk.office)
        drafts.save_answers(
            draft_id=draft.id,
            changes={
                **known,
                "provincial_agency": office.parent_code or office.code,
                "office": office.code,
            },
            now=now,
        )
        begun = request.session.get(_BEGUN, [])
        request.session[_BEGUN] = [*begun, draft.id.hex][-_MOST_BEGUN:]
        return _to("counter_form", draft.id)
    page = Page(title=_("Đăng ký tại quầy"), back=reverse("officer:queue"))
    return render_form(
        request,
        "officer/counter.html",
        page,
        form,
        unfinished=_unfinished(request),
        is_gone="khong-con" in request.GET,
    )


@officer()
@_with_draft
def fill_in(request: OfficerRequest, draft: DraftView) -> HttpResponse:
    """The whole form on one page; photos are kept at once, whatever else is wrong."""
    if request.method != "POST":
        initial = initial_of(draft.answers)
        return _draw(request, draft, CounterForm(initial=initial), {}, initial)
    before = _questions(draft)
    refused = _keep_photos(request, draft)
    chosen = refreshed(request.POST.dict())
    if chosen is not None:
        # Only other lists were asked for: what was typed comes back as it is.
        typed = CounterForm(initial=chosen)
        return _draw(request, queries.draft(draft.id) or draft, typed, refused, chosen)
    form = CounterForm(request.POST)
    if form.is_valid():
        drafts.save_answers(draft_id=draft.id, changes=form.answers(), now=utc_now())
    draft = queries.draft(draft.id) or draft
    _require_photos(draft, form, refused)
    # A photo that is hard to read is asked about once; «Gửi mã» once more keeps it.
    is_asked = _questions(draft).keys() - before.keys()
    if form.is_valid() and not refused and not is_asked and _send(draft, form):
        return _to("counter_code", draft.id)
    return _draw(request, draft, form, refused, request.POST.dict())


@officer()
def photo(request: OfficerRequest, draft_id: UUID, kind: str) -> HttpResponse:
    """A photo of a form that is being filled in."""
    is_own = draft_id.hex in request.session.get(_BEGUN, [])
    draft = queries.draft(draft_id) if is_own and kind in _PHOTOS else None
    file_id = getattr(draft, kind) if draft is not None and not draft.is_filed else None
    try:
        content = read_file(file_id) if file_id else None
    except (FileErasedError, FileMissingError):
        content = None
    if content is None:
        return HttpResponse(status=404)
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Cache-Control"] = NEVER_KEPT
    return answer


@officer()
@_with_draft
def code(request: OfficerRequest, draft: DraftView) -> HttpResponse:
    """The code of the person's phone, typed at the desk; before one was sent, the form."""
    if not draft.has_passed_picture:
        return _to("counter_form", draft.id)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            drafts.confirm_phone(draft_id=draft.id, typed=form.cleaned_data["code"], now=utc_now())
        except CodedError as error:
            form.refuse("code", error)
        else:
            return _to("counter_file", draft.id)
    return _draw_code(request, draft, form)


@officer()
@_with_draft
def resend(request: OfficerRequest, draft: DraftView) -> HttpResponse:
    """The code again."""
    if request.method != "POST" or not draft.has_passed_picture:
        return _to("counter_code", draft.id)
    form = CodeForm({})
    form.errors.clear()
    if _send(draft, form):
        return _to("counter_code", draft.id)
    return _draw_code(request, draft, form)


@officer()
@_with_draft
def file(request: OfficerRequest, draft: DraftView) -> HttpResponse:
    """The last look, then «Ghi nhận»: the case opens, to be printed and signed."""
    if not draft.is_confirmed:
        return _to("counter_code", draft.id)
    form = PlainForm({} if request.method == "POST" else None)
    if form.is_valid():
        try:
            filed = at_desk.file_at_desk(draft_id=draft.id, by=request.desk.officer, now=utc_now())
        except CodedError as error:
            form.refuse(None, error)
        else:
            return to_case(filed, "khai", filed.code)
    return _draw_last_look(request, draft, form)


def _may_begin(request: OfficerRequest, form: StartForm) -> bool:
    """An empty form looks nobody up; what is scanned or typed counts as a look."""
    return not form.cleaned_data["paper"].strip() or may_look(request, form, "paper")


def _known(request: OfficerRequest, text: str) -> dict[str, object]:
    """What a scan or number tells: the ID's number and name, and what the registry adds.

    A number is a look at whom it belongs to; an ID that leads to nobody is a search.
    """
    sought = parse_sought(text)
    number = sought.text if sought.kind is Kind.NUMBER else ""
    told: dict[str, object] = {}
    if sought.kind is Kind.IDENTITY:
        number = people.number_by_identity(sought.text) or ""
        parts = text.split("|")
        name = parts[2].strip() if len(parts) > 2 else ""
        told = {"id_kind": _kind_of(sought.text), "id_number": sought.text}
        told |= {"full_name": name} if name else {}
        told |= {"scanned": text.strip()} if name else {}
    if not number and sought.kind is Kind.IDENTITY:
        record_event(
            by=request.desk.actor,
            act="desk.search",
            details={"kind": sought.kind.value, "found": 0, "counter": True},
        )
    if not number:
        return told
    person = _person(request, number)
    if person is None:
        return {**told, "number": number}
    # The ID number is not filled in from the registry: it must come from the paper in hand.
    return {"full_name": person.full_name, "number": number, **told}


def _scan(draft: DraftView) -> IdQr | None:
    """What the QR of the ID said that was scanned; None for a number, or a code that is unsure."""
    found = parse_id_qr(draft.answers.scanned, today=vietnam_today(utc_now()))
    return found if isinstance(found, IdQr) else None


def _kind_of(paper: str) -> str:
    """A CCCD has twelve digits, a CMND nine, a passport letters."""
    if not paper.isdecimal():
        return "passport"
    return "cccd" if len(paper) == 12 else "cmnd"


def _unfinished(request: OfficerRequest) -> DraftView | None:
    """What was begun last in this session and is not filed yet."""
    for begun in reversed(request.session.get(_BEGUN, [])):
        found = queries.draft(UUID(begun))
        if found is not None and not found.is_filed:
            return found
    return None


def _keep_photos(request: OfficerRequest, draft: DraftView) -> dict[str, str]:
    refused: dict[str, str] = {}
    for kind in _PHOTOS:
        sent = next((one for one in request.FILES.getlist(kind) if one.size), None)
        if sent is None:
            continue
        try:
            if isinstance(sent, CappedUpload) and sent.is_too_large:
                limit = settings.VSSID_PHOTO_MAX_BYTES // (1024 * 1024)
                raise PhotoTooLargeError(limit_mb=limit)
            drafts.attach_photo(draft_id=draft.id, kind=kind, content=sent.read(), now=utc_now())
        except (PhotoRefusedError, TooManyPhotosError) as error:
            refused[kind] = str(error)
    return refused


def _questions(draft: DraftView) -> dict[str, PhotoQuestion]:
    return questions_about({kind: getattr(draft, kind) for kind in _PHOTOS})


def _require_photos(draft: DraftView, form: CounterForm, refused: dict[str, str]) -> None:
    is_passport = form.is_valid() and form.answers()["id_kind"] == "passport"
    for kind in _PHOTOS:
        if getattr(draft, kind) is None and not (kind == "back" and is_passport):
            refused.setdefault(kind, _("Xin chụp hoặc chọn ảnh này."))


def _send(draft: DraftView, form: PlainForm) -> bool:
    """Send the code; the person stands there, so that no picture need be read."""
    now = utc_now()
    try:
        drafts.pass_picture_check(draft_id=draft.id, now=now)
        drafts.send_phone_code(draft_id=draft.id, now=now)
    except CodedError as error:
        form.refuse(None, error)
        return False
    return True


def _draw(
    request: OfficerRequest,
    draft: DraftView,
    form: CounterForm,
    refused: dict[str, str],
    chosen: Mapping[str, str],
) -> HttpResponse:
    page = Page(title=_("Đăng ký tại quầy"), back=reverse("officer:counter"), wide=True, htmx=True)
    asked = _questions(draft)
    photos = [
        (kind, label, getattr(draft, kind) is not None, refused.get(kind), asked.get(kind))
        for kind, label in zip(
            _PHOTOS, (_("Ảnh chân dung 4x6"), _("Mặt trước"), _("Mặt sau")), strict=True
        )
    ]
    answer = render_form(
        request,
        "officer/counter_form.html",
        page,
        form,
        draft=draft,
        photos=photos,
        scan=_scan(draft),
        areas=area_lists(chosen),
        refresh=REFRESH,
    )
    if refused and answer.status_code == 200:
        answer.status_code = 422
    return answer


def _draw_code(request: OfficerRequest, draft: DraftView, form: CodeForm) -> HttpResponse:
    page = Page(title=_("Mã OTP của người khai"), back=_address("counter_form", draft.id))
    phone = display_phone(draft.answers.phone)
    return render_form(request, "officer/counter_code.html", page, form, phone=phone, draft=draft)


def _draw_last_look(request: OfficerRequest, draft: DraftView, form: PlainForm) -> HttpResponse:
    """The form beside the registry and beside what its photos say: as the case will show it."""
    now, answers, scan = utc_now(), draft.answers, _scan(draft)
    person = _person(request, answers.number)
    paper = read_of(draft.papers, now=now)
    page = Page(
        title=_("Xem lại với người khai"),
        back=_address("counter_form", draft.id),
        wide=True,
        htmx=paper.is_awaited,
    )
    return render_form(
        request,
        "officer/counter_file.html",
        page,
        form,
        draft=draft,
        comparison=compare(answers, person),
        findings=findings_of(answers, person, with_scan(paper.reading, scan), now=now),
        scan=scan,
        paper=paper,
    )


def _person(request: OfficerRequest, number: str) -> Person | None:
    """What the registry knows of a number; the look is written down once in an hour."""
    access = open_record(by=request.desk.actor, subject=number, purpose="counter", once_in=ONE_LOOK)
    return queries.registry_entry(access)


def _address(step: str, draft_id: UUID) -> str:
    return reverse(f"officer:{step}", kwargs={"draft_id": draft_id})


def _to(step: str, draft_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(_address(step, draft_id))
