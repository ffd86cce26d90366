"""Photos of papers are read by a worker; what they say is kept with them and compared."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import (
    CLERK,
    HONG,
    KHOA,
    a_declaration,
    a_draft,
    a_person,
    an_officer,
    drawn,
    not_read_yet,
    received,
)
from vssid.audit.models import Event
from vssid.files import commands as files
from vssid.files.models import StoredFile
from vssid.files.queries import notes
from vssid.kernel.clock import utc_now
from vssid.people.commands import remember_paper
from vssid.people.models import IdNumber, Person
from vssid.people.queries import person_with_papers
from vssid.registration import desk, errors
from vssid.registration.commands import correcting, deciding, drafts, filing, reading_papers
from vssid.registration.commands.comparing import Told, compare_with_registry, keep_paper
from vssid.registration.commands.second_officer import propose_approval
from vssid.registration.findings import Finding, Severity, findings_of
from vssid.registration.identity.reading import Reading, Texts, understand
from vssid.registration.models import Declaration, Draft, State
from vssid.registration.readings import PATIENCE, note_of, read_of

pytestmark = pytest.mark.django_db

OF_HONG = f"{HONG.id_number}||{HONG.full_name}|12051990|Nữ|Thôn Đông|01012022"
NEW_CARD = "001190000077"
OF_KHOA = f"{KHOA.id_number}||{KHOA.full_name}|12051990|Nam|Thôn Đông|01012022"


def _says(photo: UUID | None, qr: str) -> None:
    assert photo is not None
    files.write_note(file_id=photo, note=note_of(Texts(qr=qr)))


def _unread() -> Draft:
    draft = Draft.objects.get(id=a_draft())
    not_read_yet(draft.front, draft.back)
    return draft


def _jobs() -> list[str]:
    found = ProcrastinateJob.objects.filter(queue_name="reading").order_by("id")
    return [str(job.args["photo"]) for job in found]


def _findings(declaration: Declaration) -> tuple[Finding, ...]:
    found = desk.case(declaration.code)
    person = person_with_papers(declaration.number)
    return findings_of(found.declaration, person, found.paper.reading, now=utc_now())


def test_earlier_paper_that_the_registry_remembers_is_no_difference() -> None:
    a_person()
    declaration = a_declaration(id_kind="cccd", id_number=NEW_CARD)
    _says(declaration.front, OF_HONG.replace(HONG.id_number, NEW_CARD))
    assert [one.beside for one in _findings(declaration)] == ["Cơ sở dữ liệu"]
    remember_paper(number=HONG.number, id_number=NEW_CARD, by=CLERK)
    assert _findings(declaration) == ()


# --- the worker -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "is_read"), [("portrait", False), ("front", True)])
def test_only_photos_of_papers_are_read(kind: str, *, is_read: bool) -> None:
    draft = drafts.start_draft(now=utc_now())
    stored = drafts.attach_photo(draft_id=draft.id, kind=kind, content=drawn(kind), now=utc_now())
    assert _jobs() == ([str(stored)] if is_read else [])


def test_birth_certificate_of_a_child_is_not_read() -> None:
    draft = drafts.start_draft(now=utc_now())
    Draft.objects.filter(id=draft.id).update(guardian_number=HONG.number)
    drafts.attach_photo(draft_id=draft.id, kind="front", content=drawn("front"), now=utc_now())
    assert _jobs() == []


def test_filing_asks_again_for_what_is_still_unread() -> None:
    draft = _unread()
    _says(draft.front, OF_HONG)
    filing.file_declaration(draft_id=draft.id, now=utc_now())
    assert _jobs() == [str(draft.back)]


def test_copies_of_a_refused_declaration_are_read_anew() -> None:
    declaration = a_declaration()
    refused = deciding.refuse_declaration(
        declaration=declaration, reason="Chữ ký chưa giống.", by=an_officer(), now=utc_now()
    )
    before = len(_jobs())
    draft = correcting.correct_declaration(declaration=refused, address="", now=utc_now())
    assert sorted(_jobs()[before:]) == sorted([str(draft.front), str(draft.back)])


def test_reading_keeps_what_the_photo_says_once(monkeypatch: pytest.MonkeyPatch) -> None:
    front = _unread().front
    assert front
    asked: list[int] = []

    def read(photos: list[bytes], **_given: object) -> Reading:
        asked.append(len(photos))
        return understand(Texts(qr=OF_HONG), today=utc_now().date())

    monkeypatch.setattr(reading_papers, "read_paper", read)
    for _ in range(2):
        reading_papers.read_photo(photo=front, now=utc_now())
    assert asked == [1]
    qr = read_of([front], now=utc_now()).reading.qr
    assert qr
    assert (qr.number, qr.full_name) == (HONG.id_number, HONG.full_name)


def test_photo_that_was_erased_meanwhile_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    front = _unread().front
    assert front

    def read(_photos: list[bytes], **_given: object) -> Reading:
        files.erase_file(file_id=front, by=CLERK)
        return Reading(texts=Texts(qr=OF_HONG))

    monkeypatch.setattr(reading_papers, "read_paper", read)
    reading_papers.read_photo(photo=front, now=utc_now())
    reading_papers.read_photo(photo=front, now=utc_now())
    assert StoredFile.objects.get(pk=front).note is None


def test_what_is_kept_is_sealed_and_ends_with_the_photo() -> None:
    declaration = a_declaration()
    _says(declaration.front, OF_HONG)
    sealed = StoredFile.objects.get(pk=declaration.front).note
    assert sealed
    assert HONG.id_number.encode() not in bytes(sealed)
    deciding.refuse_declaration(
        declaration=declaration, reason="Chữ ký chưa giống.", by=an_officer(), now=utc_now()
    )
    later = utc_now() + settings.VSSID_PHOTO_KEPT_AFTER_DECISION + timedelta(minutes=1)
    files.erase_expired(now=later, by=CLERK)
    assert StoredFile.objects.get(pk=declaration.front).note is None
    assert notes([declaration.front]) == {}


def test_somebody_is_asked_to_wait_for_a_moment_only() -> None:
    front = _unread().front
    assert read_of([front], now=utc_now()).is_awaited
    assert not read_of([front], now=utc_now() + PATIENCE).is_awaited
    _says(front, "")
    assert not read_of([front], now=utc_now()).is_awaited


# --- the officer ----------------------------------------------------------------------------------


def test_paper_that_agrees_has_no_findings() -> None:
    a_person()
    declaration = a_declaration()
    _says(declaration.front, OF_HONG)
    assert not desk.case(declaration.code).paper.reading.is_empty
    assert _findings(declaration) == ()


def test_paper_of_somebody_else_is_a_grave_finding_that_two_officers_look_at() -> None:
    a_person()
    declaration = a_declaration()
    _says(declaration.front, OF_KHOA)
    found = _findings(declaration)
    assert ("Họ tên", HONG.full_name, KHOA.full_name) in {
        (one.field, one.said, one.read) for one in found
    }
    assert {one.severity for one in found if one.field == "Số giấy tờ"} == {Severity.BAD}
    first, second = an_officer(), an_officer()
    whole = received(declaration, first)
    with pytest.raises(errors.SecondOfficerNeededError):
        deciding.approve_declaration(declaration=whole, by=first, now=utc_now())
    proposed = propose_approval(declaration=whole, by=first, now=utc_now())
    deciding.approve_declaration(declaration=proposed, by=second, now=utc_now())


def test_nobody_approves_while_a_photo_that_came_just_now_is_still_read() -> None:
    a_person()
    declaration, officer = a_declaration(), an_officer()
    not_read_yet(declaration.back)
    whole = received(declaration, officer)
    with pytest.raises(errors.PaperAwaitedError):
        deciding.approve_declaration(declaration=whole, by=officer, now=utc_now())
    _says(declaration.back, OF_KHOA)
    with pytest.raises(errors.SecondOfficerNeededError):
        deciding.approve_declaration(declaration=whole, by=officer, now=utc_now())


def test_a_worker_that_stands_still_does_not_stop_the_desk() -> None:
    a_person()
    declaration, first, second = a_declaration(), an_officer(), an_officer()
    not_read_yet(declaration.front, declaration.back)
    whole = received(declaration, first)
    later = utc_now() + PATIENCE
    # Nobody has compared the photos with anything: one officer alone is not enough.
    with pytest.raises(errors.SecondOfficerNeededError):
        deciding.approve_declaration(declaration=whole, by=first, now=later)
    proposed = propose_approval(declaration=whole, by=first, now=later)
    deciding.approve_declaration(declaration=proposed, by=second, now=later)
    assert Declaration.objects.get().state == State.APPROVED


def test_birth_and_sex_of_the_registry_are_compared_with_the_paper() -> None:
    a_person()
    declaration = a_declaration()
    _says(declaration.front, OF_HONG.replace("12051990", "13051990"))
    [found] = _findings(declaration)
    assert (found.field, found.said, found.read) == ("Ngày sinh", "12/05/1990", "13/05/1990")
    assert (found.beside, found.severity) == ("Cơ sở dữ liệu", Severity.BAD)


def test_a_case_with_a_reading_opens_in_as_many_statements() -> None:
    a_person()
    declaration = a_declaration()
    with CaptureQueriesContext(connection) as without:
        desk.case(declaration.code)
    _says(declaration.front, OF_KHOA)
    with CaptureQueriesContext(connection) as with_reading:
        found = desk.case(declaration.code).paper.reading
    assert not found.is_empty
    assert len(with_reading) == len(without)


# --- the registry ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("born", "told"), [("12051990", Told.AGREES), ("13051990", Told.DIFFERS)])
def test_birth_date_on_the_paper_is_part_of_the_match(born: str, told: Told) -> None:
    a_person()
    draft_id = a_draft()
    _says(Draft.objects.get(id=draft_id).front, OF_HONG.replace("12051990", born))
    found = compare_with_registry(draft_id=draft_id, address="203.0.113.7", now=utc_now())
    assert found is told


def test_back_of_a_former_card_is_not_read_beside_a_passport() -> None:
    a_person()
    draft_id = a_draft(id_kind="passport", id_number=HONG.id_number)
    _says(Draft.objects.get(id=draft_id).back, OF_HONG.replace("12051990", "13051990"))
    found = compare_with_registry(draft_id=draft_id, address="203.0.113.7", now=utc_now())
    assert found is Told.AGREES


def test_passport_beside_a_card_and_its_renewal_lead_to_the_person_and_the_entry_stays() -> None:
    a_person()
    for passport in ("C1234567", "C7654321"):
        declaration = Declaration(number=HONG.number, id_kind="passport", id_number=passport)
        keep_paper(declaration=declaration, by=CLERK)
    known = IdNumber.objects.filter(number=HONG.number).values_list("id_number", flat=True)
    assert set(known) == {HONG.id_number, "C1234567", "C7654321"}
    assert Person.objects.get(number=HONG.number).id_number == HONG.id_number
    assert Event.objects.filter(act="people.paper", subject=HONG.number).count() == 2
