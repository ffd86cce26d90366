"""Reporting: the line is quoted as it stands, the right office is told, nothing comes twice."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from tests.factories import (
    CLERK,
    HA_NOI,
    HAI_BA_TRUNG,
    HONG,
    AuditingFailedError,
    all_at_once,
    drawn,
    fail_auditing,
)
from tests.insurance.building import a_life, a_period, a_person, stored
from tests.support.pdfs import a_pdf
from tests.support.reporting import NUMBER, WORDS, a_line, a_record, own_key, report
from vssid.accounts.models import Account
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.files.errors import PhotoNotAPhotoError
from vssid.files.models import StoredFile
from vssid.files.queries import read_file
from vssid.insurance.lines import LineKind, line, line_today
from vssid.insurance.models import Card
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Channel, Message
from vssid.people.models import Person
from vssid.reference import queries as reference
from vssid.reference.commands import write_employers
from vssid.reference.models import Employer
from vssid.support import errors, papers, quoting
from vssid.support.commands import opening, steps
from vssid.support.models import Petition, PetitionCode, PetitionFile, PetitionStep, State

pytestmark = pytest.mark.django_db

PDF = a_pdf()
ME = Actor.citizen(NUMBER)


def _serving() -> str:
    office = reference.serving_office("2025", "00004")
    assert office is not None
    return office.code


# --- opening --------------------------------------------------------------------------------------


def test_reported_line_is_quoted_as_it_stands() -> None:
    a_record()
    quoted = a_line()
    petition = report(quoted)
    assert petition.quote["page"] == "qua-trinh"
    assert petition.quote["fund"] == "bhxh"
    assert petition.quote["row"] == str(quoted.row)
    assert petition.quote["values"]["from_month"] == 202501
    assert petition.quote["record_version"] == Person.objects.get(number=NUMBER).record_version
    petition.refresh_from_db()
    assert quoting.from_json(petition.quote) == quoted


def test_line_of_a_running_job_is_quoted_until_now() -> None:
    a_record()
    quoted = a_line()
    running = replace(quoted, values={**quoted.values, "to_month": 209912})
    ended = replace(quoted, values={**quoted.values, "to_month": 202610})
    assert dict(quoting.pairs(running))["Thời gian"] == "01/2025 – nay"
    assert dict(quoting.pairs(ended))["Thời gian"] == "01/2025 – 10/2026"
    (changed,) = [one for one in quoting.compare(running, ended) if one.has_changed]
    assert (changed.then, changed.now) == ("01/2025 – nay", "01/2025 – 10/2026")


@pytest.mark.parametrize("kind", LineKind)
def test_every_kind_of_line_can_be_reported_and_read_in_words(kind: LineKind) -> None:
    a_record()
    petition = report(a_line(kind))
    quoted = quoting.from_json(petition.quote)
    assert quoted is not None
    assert quoting.title(quoted)
    said = quoting.pairs(quoted)
    assert len(said) >= 6
    assert "None" not in str(said)
    assert not any(one.has_changed for one in quoting.compare(quoted, a_line(kind)))


def test_opening_writes_step_code_event_and_messages() -> None:
    a_record()
    Account.objects.update(email="hong@example.com")
    petition = report()
    step = PetitionStep.objects.get()
    assert (step.petition, step.act, step.state, step.words) == (
        petition.id, "open", "received", WORDS,
    )  # fmt: skip
    key = PetitionCode.objects.get(code=petition.code)
    assert (key.number, key.petition) == (NUMBER, petition.id)
    event = Event.objects.get(act="petition.open")
    assert (event.subject, event.actor, event.details) == (
        NUMBER, NUMBER, {"petition": petition.code},
    )  # fmt: skip
    channels = Message.objects.filter(template="petition.received").values_list(
        "channel", "address"
    )
    assert set(channels) == {(Channel.SMS, HONG.phone), (Channel.EMAIL, "hong@example.com")}


def test_message_says_nothing_of_what_was_reported() -> None:
    a_record()
    report(a_line(LineKind.VISIT), words="Tôi không khám ở đây")
    data = str(Message.objects.get().data)
    assert "Viêm" not in data
    assert "khám" not in data


def test_failed_auditing_undoes_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    a_record()
    fail_auditing(monkeypatch, steps)
    with pytest.raises(AuditingFailedError):
        report()
    for model in (Petition, PetitionStep, PetitionCode, Message):
        assert not model.objects.exists(), model


def test_same_sending_twice_is_one_petition() -> None:
    a_record()
    parcel = papers.new_parcel()
    assert report(parcel=parcel).code == report(parcel=parcel).code
    assert Petition.objects.count() == 1


def test_same_line_leads_to_the_open_petition_until_it_is_closed() -> None:
    a_record()
    first = report()
    with pytest.raises(errors.PetitionOpenAlreadyError) as refused:
        report()
    assert refused.value.details["petition"].replace("-", "") == first.code
    Petition.objects.update(state=State.CLOSED, closed_at=utc_now())
    assert report().code != first.code


def test_database_holds_one_open_petition_a_line() -> None:
    a_record()
    first = report()
    first.id, first.code = papers.new_parcel().id, "PA00000000"
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_same_line_reported_at_once_is_one_petition() -> None:
    a_record()
    quoted = a_line()
    calls = [partial(report, quoted) for _ in range(4)]
    outcomes = all_at_once(calls, threads=4)
    refused = [one for one in outcomes if isinstance(one, errors.PetitionOpenAlreadyError)]
    assert len(refused) == 3
    assert Petition.objects.count() == 1


def test_a_handful_a_day_and_then_the_wait_is_told() -> None:
    a_record()
    now = utc_now()
    for _ in range(settings.VSSID_PETITIONS_PER_DAY):
        report(now=now)
        Petition.objects.update(state=State.CLOSED, closed_at=now)
    with pytest.raises(errors.TooManyPetitionsError, match="24 giờ"):
        report(now=now)
    assert report(now=now + timedelta(hours=25))


@pytest.mark.parametrize("words", ["", "   ", "sai"])
def test_nothing_said_is_refused(words: str) -> None:
    a_record()
    with pytest.raises(errors.WordsMissingError, match="5 ký tự"):
        report(words=words)


# --- the right office -----------------------------------------------------------------------------


def test_period_goes_to_the_office_of_the_employer_when_it_is_known() -> None:
    a_record()
    assert report().office == _serving()
    Petition.objects.update(state=State.CLOSED, closed_at=utc_now())
    elsewhere = Employer(
        code="TA0001A", name="Công ty", commune_code="26740", wage_region=1, is_invented=True
    )
    write_employers(employers=[elsewhere], by=CLERK)
    wanted = reference.serving_office("2025", "26740")
    assert wanted is not None
    assert wanted.code != _serving()
    assert report().office == wanted.code


def test_visit_goes_to_the_province_of_the_facility() -> None:
    a_record()
    assert report(a_line(LineKind.VISIT)).office == HA_NOI


def test_card_without_any_address_goes_to_its_issuing_province() -> None:
    a_record()
    Account.objects.update(address_province="", address_commune="")
    assert report(a_line(LineKind.CARD)).office == HA_NOI


def test_address_of_the_account_counts_before_the_registry() -> None:
    a_record(address_commune="00004")
    commune = next(
        one.code
        for one in reference.communes("2025", "01")
        if (found := reference.serving_office("2025", one.code)) and found.code == HAI_BA_TRUNG
    )
    Account.objects.update(address_commune=commune)
    assert report(a_line(LineKind.PERSON)).office == HAI_BA_TRUNG


def test_office_that_nothing_leads_to_is_said_with_the_next_step() -> None:
    a_record()
    Account.objects.update(address_province="", address_commune="")
    Card.objects.update(issuing_province="97")
    with pytest.raises(errors.OfficeNotKnownError, match="Thông tin tài khoản"):
        report(a_line(LineKind.PERSON))


# --- the line, then and today ---------------------------------------------------------------------


def test_line_of_somebody_else_is_not_in_the_record() -> None:
    a_record()
    other = "0198000077"
    stored(a_life(a_person(other), periods=[a_period(other)]))
    assert line(own_key(), LineKind.PERIOD, a_line(number=other).row) is None


def test_changed_line_is_found_again_though_its_row_is_new() -> None:
    a_record()
    quoted = a_line()
    stored(a_life(a_person(NUMBER), periods=[a_period(NUMBER, to_month=202506, salary=7_000_000)]))
    today = line_today(own_key(), quoted)
    assert today is not None
    changed = {one.label: one.now for one in quoting.compare(quoted, today) if one.has_changed}
    assert changed == {
        "Thời gian": "01/2025 – 06/2025",
        "Mức đóng (tiền lương đóng, mỗi tháng)": "7.000.000\N{NO-BREAK SPACE}đ",
    }


def test_line_that_is_gone_leaves_nothing_beside_its_quote() -> None:
    a_record()
    quoted = a_line()
    stored(a_life(a_person(NUMBER)))
    assert line_today(own_key(), quoted) is None
    assert {one.now for one in quoting.compare(quoted, None)} == {""}


# --- papers ---------------------------------------------------------------------------------------


def _keep(content: bytes, parcel: papers.Parcel | None = None) -> papers.Parcel:
    return opening.keep_paper(
        parcel=parcel or papers.new_parcel(), content=content, by=ME, now=utc_now()
    )


def test_photo_is_made_anew_and_pdf_kept_as_it_is() -> None:
    a_record()
    parcel = _keep(PDF, _keep(drawn("front")))
    petition = report(parcel=parcel)
    kept = {one.media_type: one.file for one in PetitionFile.objects.filter(petition=petition.id)}
    assert read_file(kept[papers.PDF]) == PDF
    assert read_file(kept[papers.JPEG]).startswith(b"\xff\xd8")
    assert set(StoredFile.objects.values_list("delete_after", flat=True)) == {None}


def test_papers_that_are_never_sent_go_after_a_day() -> None:
    a_record()
    _keep(PDF)
    kept = StoredFile.objects.get()
    assert kept.delete_after is not None
    assert kept.delete_after <= utc_now() + timedelta(hours=24)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (PDF.replace(b"%%EOF", b""), errors.PaperNotReadableError),
        (a_pdf(b"<</S /JavaScript /JS (app.alert(1))>>"), errors.PaperNotReadableError),
        (a_pdf(b"<</Encrypt 2 0 R>>"), errors.PaperNotReadableError),
        (b"%PDF-1.7" + bytes(6 * 1024 * 1024), errors.PaperTooLargeError),
        (b"MZ\x90", PhotoNotAPhotoError),
    ],
    ids=["cut off", "runs", "locked", "too large", "program"],
)
def test_paper_that_cannot_be_taken_is_refused(content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        _keep(content)
    assert not StoredFile.objects.exists()


def test_more_papers_than_allowed_are_refused() -> None:
    parcel = papers.new_parcel()
    for _ in range(settings.VSSID_PETITION_PAPERS):
        parcel = _keep(PDF, parcel)
    with pytest.raises(errors.TooManyPapersError, match="3 giấy tờ"):
        _keep(PDF, parcel)


def test_papers_chosen_again_and_again_have_to_wait() -> None:
    for _ in range(30):
        _keep(PDF)
    with pytest.raises(errors.PapersTooOftenError, match="60 phút"):
        _keep(PDF)


def test_parcel_is_opened_by_who_packed_it_within_the_day() -> None:
    now = utc_now()
    parcel = _keep(PDF)
    sealed = papers.seal_parcel(parcel, number=NUMBER, now=now)
    assert papers.open_parcel(sealed, number=NUMBER, now=now) == parcel
    for number, moment in ((NUMBER, now + timedelta(hours=25)), ("0198000002", now)):
        with pytest.raises(errors.PapersLateError):
            papers.open_parcel(sealed, number=number, now=moment)
    with pytest.raises(errors.PapersLateError):
        papers.open_parcel("nonsense", number=NUMBER, now=now)


def test_petition_whose_papers_were_erased_is_refused_as_a_whole() -> None:
    a_record()
    parcel = _keep(PDF)
    StoredFile.objects.update(wrapped_key=None, erased_at=utc_now())
    with pytest.raises(errors.PapersLateError):
        report(parcel=parcel)
    assert not Petition.objects.exists()
