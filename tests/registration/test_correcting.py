"""A refused or lapsed declaration is declared again from its own answers (guides R15)."""

from datetime import timedelta

import pytest

from tests.factories import HONG, a_declaration, a_person, an_officer, confirm, received
from vssid.audit.actors import Actor
from vssid.files import commands as files
from vssid.files.queries import read_file
from vssid.kernel.clock import utc_now
from vssid.registration import errors, queries
from vssid.registration.commands import correcting, deciding, drafts, filing
from vssid.registration.models import Declaration, Draft, State
from vssid.registration.reasons import REASONS
from vssid.registration.rules import Step

pytestmark = pytest.mark.django_db
BY_CODE = {one.code: one for one in REASONS}


def _refused(*codes: str, words: str = "") -> Declaration:
    reason = " ".join([*(BY_CODE[code].sentence for code in codes), words]).strip()
    return deciding.refuse_declaration(
        declaration=a_declaration(), reason=reason, by=an_officer(), now=utc_now()
    )


def _correct(declaration: Declaration) -> Draft:
    return correcting.correct_declaration(declaration=declaration, address="", now=utc_now())


def _view(draft: Draft) -> queries.DraftView:
    found = queries.draft(draft.id)
    assert found is not None
    return found


def test_draft_holds_what_was_declared() -> None:
    declaration = _refused("name-differs")
    view = _view(_correct(declaration))
    assert (view.answers.full_name, view.answers.number) == (HONG.full_name, HONG.number)
    assert (view.answers.phone, view.answers.office) == (HONG.phone, "00114")
    assert view.answers.provincial_agency == "001"
    assert not view.answers.name_without_accents_is_right, "nobody is asked about «Ánh»"
    assert view.missing_step is None
    assert not view.is_confirmed, "the phone is proven for this declaration anew"


def test_faults_stand_at_their_steps() -> None:
    view = _view(_correct(_refused("phone-of-another", "paper-unreadable", words="Gọi tôi nhé.")))
    assert {one.step for one in view.faults} == {Step.PAPERS, Step.ADDRESS}
    assert (view.first_fault, view.own_words) == (Step.PAPERS, "Gọi tôi nhé.")


def test_photos_that_were_the_reason_are_taken_anew_and_the_others_are_copies() -> None:
    declaration = _refused("paper-unreadable")
    view = _view(_correct(declaration))
    assert (view.front, view.back) == (None, None)
    assert view.portrait not in {None, declaration.portrait}
    assert read_file(view.portrait) == read_file(declaration.portrait)  # type: ignore[arg-type]
    assert view.missing_step is Step.PAPERS


def test_changing_a_copy_leaves_the_refused_declarations_photo_alone() -> None:
    declaration = _refused("name-differs")
    draft = _correct(declaration)
    content = read_file(declaration.portrait)
    drafts.attach_photo(draft_id=draft.id, kind="portrait", content=content, now=utc_now())
    assert read_file(declaration.portrait) == content


def test_photos_that_were_erased_meanwhile_are_taken_anew() -> None:
    declaration = _refused("name-differs")
    files.erase_expired(now=utc_now() + timedelta(days=31), by=Actor.system("clean-up"))
    assert _view(_correct(declaration)).missing_step is Step.PERSON


def test_new_declaration_knows_which_one_it_corrects() -> None:
    declaration = _refused("name-differs")
    draft = _correct(declaration)
    confirm(draft.id)
    filed = filing.file_declaration(draft_id=draft.id, now=utc_now())
    assert filed.corrects == declaration.code
    assert not filed.is_contested


def test_lapsed_declaration_is_declared_again_without_a_fault() -> None:
    declaration = a_declaration()
    deciding.lapse_overdue(now=utc_now() + timedelta(days=12))
    declaration.refresh_from_db()
    view = _view(_correct(declaration))
    assert (view.faults, view.first_fault, view.missing_step) == ((), None, None)


@pytest.mark.parametrize("state", [State.FILED, State.RECEIVED, State.APPROVED, State.REPLACED])
def test_what_waits_or_was_approved_is_not_corrected(state: State) -> None:
    a_person()
    declaration, officer = a_declaration(), an_officer()
    if state in {State.RECEIVED, State.APPROVED}:
        received(declaration, officer)
    if state is State.APPROVED:
        deciding.approve_declaration(declaration=declaration, by=officer, now=utc_now())
    if state is State.REPLACED:
        a_declaration()
    declaration.refresh_from_db()
    assert declaration.state == state
    count = Draft.objects.count()
    with pytest.raises(errors.NothingToCorrectError):
        _correct(declaration)
    assert Draft.objects.count() == count
