"""`manage.py reorganise`: a merged office's work goes to its successors, once, whole, told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client

from tests.factories import (
    CLERK,
    HAI_BA_TRUNG,
    HONG,
    KHOA,
    THANH_TRI,
    a_declaration,
    a_draft,
    an_officer,
    received,
)
from tests.registration.children import NGOC, a_child, parents
from tests.support.reporting import a_record, report
from tests.web.reorganising import (
    BA_DINH,
    DECISION,
    HEADER,
    communes,
    dump,
    lines,
    run,
    today,
    written,
)
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.audit.queries import looks_at
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.messaging.models import Message
from vssid.people import commands as people
from vssid.reference import commands as loading
from vssid.reference import directory
from vssid.reference import queries as reference
from vssid.reference.lookups import Wanted, find_agencies
from vssid.reference.models import Agency, AgencyArea, Area, DataSet, Reorganisation
from vssid.registration.commands import deciding, disputing, filing
from vssid.registration.commands import reorganising as declarations
from vssid.registration.commands.second_officer import propose_approval
from vssid.registration.models import AccountHelp, Declaration, GuardianshipDispute
from vssid.registration.queries import declaration_by_code
from vssid.staff.models import Role
from vssid.support import queries as support
from vssid.support.commands import moving
from vssid.support.models import Petition
from vssid.support.models import State as PetitionState
from vssid.web.citizen.account.look_words import in_words
from vssid.web.officer.management.commands import reorganise

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mock]:
    """Nobody waits, and nothing of it stays in the memory of the process."""
    slept = Mock()
    monkeypatch.setattr(reorganise.time, "sleep", slept)
    directory.forget()
    yield slept
    directory.forget()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return written(tmp_path, lines())


def _at(commune: str, who: Any = HONG) -> Declaration:
    return a_declaration(who, address_commune=commune)


def _office_of(declaration: Declaration) -> str:
    return Declaration.objects.get(id=declaration.id).office


def test_a_dry_run_says_all_and_changes_nothing(tmp_path: Path) -> None:
    an_officer(Role.HEAD, user_name="truong.cu", full_name="Tạ Thị Ngân")
    an_officer(user_name="xet.duyet")
    first, second, *_ = communes()
    _at(first)
    received(_at(second, KHOA), an_officer())
    a_record()
    report()
    Petition.objects.update(office=THANH_TRI)
    path = written(tmp_path, lines(f"officer,{THANH_TRI},xet.duyet,{BA_DINH},,"))
    before = dump()
    said = run(path)
    assert dump() == before
    assert "[00114] BHXH cơ sở Thanh Trì ends." in said
    default, other = said.split("  to ")[1:]
    assert default.startswith(f"[{HAI_BA_TRUNG}]")
    assert f"communes: {len(communes()) - 1} " in default
    assert "officer: truong.cu Tạ Thị Ngân (head)" in default
    assert "declarations: 1 (1 received)" in default
    assert "petitions: 1 (1 received)" in default
    assert f"communes: 1 {first}\n" in other
    assert "officer: xet.duyet" in other
    assert "declarations: 1 (1 filed)" in other
    assert "petitions: 0\n" in other
    assert said.endswith("Nothing was changed. Run it with --apply to change it.\n")


def test_cases_go_where_their_communes_go(plan: Path) -> None:
    first, second, *_ = communes()
    here, there = _at(first), _at(second, KHOA)
    assert "Moved: 0 officers, 2 declarations, 0 petitions." in run(plan, apply=True)
    assert (_office_of(here), _office_of(there)) == (BA_DINH, HAI_BA_TRUNG)


def test_who_lives_elsewhere_goes_to_the_default_successor(plan: Path) -> None:
    elsewhere = a_declaration()
    run(plan, apply=True)
    assert _office_of(elsewhere) == HAI_BA_TRUNG


def test_an_old_address_goes_where_its_ward_is_now(tmp_path: Path) -> None:
    first = communes()[0]
    ward = next(
        old
        for old, new in directory.current().successors.items()
        if new[0] == first and directory.current().areas["legacy", old].parent_code == "020"
    )
    old = a_declaration(address_era="legacy", address_district="020", address_commune=ward)
    run(written(tmp_path, lines()), apply=True)
    assert _office_of(old) == BA_DINH
    serving = reference.serving_office("legacy", ward)
    district = reference.serving_office("legacy", "020")
    assert serving
    assert district
    assert (serving.code, district.code) == (BA_DINH, HAI_BA_TRUNG)


def test_whoever_waits_is_told_where_to_go_now(plan: Path) -> None:
    first, second, *_ = communes()
    _at(first)
    received(_at(second, KHOA), an_officer())
    run(plan, apply=True)
    sms = Message.objects.get(template="declaration.moved", channel="sms")
    assert (sms.address, sms.data["office"]) == (HONG.phone, reference.office_name(BA_DINH))
    told = Message.objects.filter(template="declaration.moved-complete")
    assert {one.channel for one in told} == {"sms", "email"}
    assert {one.data["office"] for one in told} == {reference.office_name(HAI_BA_TRUNG)}


def test_what_officers_of_the_ended_office_began_goes_on_at_the_successor(plan: Path) -> None:
    first = an_officer()
    held = received(_at(communes()[1]), first)
    propose_approval(declaration=held, by=first, now=utc_now())
    AccountHelp.objects.create(
        number=KHOA.number, kind="password", office=THANH_TRI, paper="cccd",
        proposed_by=first.user_name, proposed_at=utc_now(),
    )  # fmt: skip
    run(plan, apply=True)
    moved = Declaration.objects.get()
    assert (moved.office, moved.claimed_by, moved.proposed_by) == (HAI_BA_TRUNG, "", "")
    assert AccountHelp.objects.get().office == HAI_BA_TRUNG
    event = Event.objects.get(act="help.move")
    assert (event.details["from"], event.details["to"]) == (THANH_TRI, HAI_BA_TRUNG)


def test_open_disputes_go_on_at_the_successor_and_decided_ones_silently(plan: Path) -> None:
    now = utc_now()
    for child, decided in (("0190000071", None), ("0190000072", now)):
        GuardianshipDispute.objects.create(
            child_number=child,
            office=THANH_TRI,
            words="Tòa án giao con cho tôi nuôi.",
            marked_by="lan",
            opened_at=now,
            decided_at=decided,
            decided_by="lan" if decided else "",
            reason="Theo bản án." if decided else "",
        )
    run(plan, apply=True)
    assert set(GuardianshipDispute.objects.values_list("office", flat=True)) == {HAI_BA_TRUNG}
    assert Event.objects.get(act="dispute.move").subject == "0190000071"


def test_guardians_are_told_where_an_open_dispute_goes_on(plan: Path) -> None:
    parents()
    a_child()
    people.open_guardianship(
        guardian=HONG.number,
        child=NGOC.number,
        relation="mother",
        on=vietnam_today(utc_now()),
        by=CLERK,
    )
    disputing.mark_dispute(
        child=NGOC.number, words="Tòa án giao con cho cha.", by=an_officer(), now=utc_now()
    )
    run(plan, apply=True)
    told = Message.objects.get(template="dispute.moved", channel="sms")
    assert told.address == HONG.phone
    assert told.data["office"] == reference.known_office(HAI_BA_TRUNG).name


def test_decided_cases_go_along_and_tell_nobody(plan: Path) -> None:
    officer = an_officer()
    declaration = received(a_declaration(), officer)
    deciding.refuse_declaration(
        declaration=declaration, reason="Ảnh mờ, xin chụp lại.", by=officer, now=utc_now()
    )
    run(plan, apply=True)
    assert _office_of(declaration) == HAI_BA_TRUNG
    assert not Message.objects.filter(template__startswith="declaration.moved").exists()


def test_printed_codes_lead_to_the_successor(plan: Path) -> None:
    declaration = a_declaration()
    run(plan, apply=True)
    found = declaration_by_code(declaration.code)
    assert reference.known_office(found.office).code == HAI_BA_TRUNG


def test_the_person_reads_what_was_moved_and_by_which_decision(plan: Path) -> None:
    declaration = a_declaration()
    run(plan, apply=True)
    (look,) = [
        one for one in looks_at(subject=HONG.number, now=utc_now()) if one.act == "declaration.move"
    ]
    assert look.details == {"code": declaration.code, "from": THANH_TRI, "to": HAI_BA_TRUNG}
    words = str(in_words(look, owner=HONG.number, officers={}))
    assert "BHXH cơ sở Thanh Trì" in words
    assert reference.office_name(HAI_BA_TRUNG) in words
    assert DECISION in words


def test_one_event_tells_of_the_whole(plan: Path) -> None:
    run(plan, apply=True)
    event = Event.objects.get(act="reference.reorganise")
    assert event.reason == DECISION
    assert event.details["offices"] == {THANH_TRI: [HAI_BA_TRUNG, BA_DINH]}


def test_petitions_are_forwarded_and_their_senders_told(plan: Path) -> None:
    a_record()
    petition = report()
    Petition.objects.update(office=THANH_TRI)
    run(plan, apply=True)
    moved = Petition.objects.get()
    assert (moved.office, moved.state) == (HAI_BA_TRUNG, PetitionState.FORWARDED)
    assert moved.due_on == petition.due_on
    step = support.whole(moved, today=today()).steps[-1]
    assert DECISION in step.words
    assert step.office == reference.office_name(HAI_BA_TRUNG)
    assert Message.objects.filter(template="petition.forwarded").exists()
    assert Event.objects.get(act="petition.move").subject == petition.number


def test_an_answered_petition_stays_answered(plan: Path) -> None:
    a_record()
    petition = report()
    Petition.objects.update(office=THANH_TRI)
    moving.answer_petition(petition=petition, words="Đã sửa xong.", by=an_officer(), now=utc_now())
    run(plan, apply=True)
    moved = Petition.objects.get()
    assert (moved.office, moved.state) == (HAI_BA_TRUNG, PetitionState.ANSWERED)
    assert not Message.objects.filter(template="petition.forwarded").exists()


def test_officers_move_as_the_plan_says_and_sign_in_anew(tmp_path: Path) -> None:
    head = an_officer(Role.HEAD)
    their_head = an_officer(Role.HEAD, office=HAI_BA_TRUNG)
    other = an_officer(user_name="xet.duyet")
    facility = an_officer(Role.FACILITY, office=THANH_TRI)
    run(written(tmp_path, lines(f"officer,{THANH_TRI},xet.duyet,{BA_DINH},,")), apply=True)
    for one in (head, their_head, other, facility):
        one.refresh_from_db()
    assert (head.office, other.office) == (HAI_BA_TRUNG, BA_DINH)
    assert (head.role, their_head.role) == (Role.HEAD, Role.HEAD)
    assert head.signed_out_at
    assert other.signed_out_at
    assert their_head.signed_out_at is None
    assert facility.office == THANH_TRI
    assert Event.objects.filter(act="officer.assign", reason=DECISION).count() == 2


def test_the_ended_office_is_offered_no_more_and_leads_to_its_successors(plan: Path) -> None:
    first, second, *_ = communes()
    run(plan, apply=True)
    assert reference.office(THANH_TRI) is None
    assert THANH_TRI not in [one.code for one in reference.offices_below("001")]
    assert [one.code for one in reference.successors(THANH_TRI)] == [HAI_BA_TRUNG, BA_DINH]
    assert reference.known_office(THANH_TRI).code == HAI_BA_TRUNG
    assert reference.office_name(THANH_TRI) == "BHXH cơ sở Thanh Trì"
    for typed in ("00114", "BHXH huyện Thanh Trì", "thanh tri"):
        found = [one.code for one in find_agencies(Wanted(typed)).views[:2]]
        assert sorted(found) == sorted([HAI_BA_TRUNG, BA_DINH]), typed
    (heir,) = [one for one in reference.successors(THANH_TRI) if one.code == BA_DINH]
    assert heir.took_over == ("[00114] BHXH cơ sở Thanh Trì (trước đây: BHXH huyện Thanh Trì)",)
    served = [reference.serving_office("2025", code) for code in (first, second)]
    assert [one and one.code for one in served] == [BA_DINH, HAI_BA_TRUNG]
    assert reference.suggested_offices("2025", first)[0].code == BA_DINH


def test_a_draft_that_chose_the_ended_office_is_filed_at_the_successor(plan: Path) -> None:
    draft = a_draft(address_commune=communes()[0])
    run(plan, apply=True)
    assert filing.file_declaration(draft_id=draft, now=utc_now()).office == BA_DINH


def test_a_second_run_says_so_and_changes_nothing(plan: Path) -> None:
    a_declaration()
    run(plan, apply=True)
    before = dump()
    said = run(plan, apply=True)
    assert dump() == before
    assert "Applied already" in said
    assert "Nothing was left to do." in said
    assert "Applied already" in run(plan)


def test_a_later_run_fetches_what_came_to_the_ended_office_since(plan: Path) -> None:
    run(plan, apply=True)
    late = a_declaration()
    Declaration.objects.update(office=THANH_TRI)
    assert "1 declarations" in run(plan, apply=True)
    assert _office_of(late) == HAI_BA_TRUNG


def test_a_plan_is_the_same_with_other_comments_and_another_order(tmp_path: Path) -> None:
    rows = lines()
    run(written(tmp_path, rows), apply=True)
    header, *others = rows
    said = run(written(tmp_path, ["# Lần hai", header, *reversed(others), ""]), apply=True)
    assert "Applied already" in said


def test_a_crash_before_the_offices_ended_leaves_nothing(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_officer()
    a_declaration()
    before = dump()
    with monkeypatch.context() as patch:
        broken = Mock(side_effect=RuntimeError("power"))
        patch.setattr("vssid.staff.commands.reorganising.record_event", broken)
        with pytest.raises(RuntimeError, match="power"):
            run(plan, apply=True)
    assert dump() == before


def test_after_a_crash_in_between_it_goes_on_where_it_stood(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(declarations, "_BATCH", 1)
    one, two = a_declaration(), a_declaration(KHOA)
    real, calls = declarations.tell, []

    def tell_once(*args: Any, **more: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError("power")
        real(*args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(declarations, "tell", tell_once)
        with pytest.raises(RuntimeError, match="power"):
            run(plan, apply=True)
    assert (_office_of(one), _office_of(two)) == (HAI_BA_TRUNG, THANH_TRI)
    assert Event.objects.filter(act="declaration.move").count() == 1
    # Nobody who looks at what was not moved yet meets an office that is not there.
    assert reference.known_office(THANH_TRI).code == HAI_BA_TRUNG
    assert "not finished. Left to do:" in run(plan)
    assert "1 declarations" in run(plan, apply=True)
    assert (_office_of(one), _office_of(two)) == (HAI_BA_TRUNG, HAI_BA_TRUNG)
    assert Event.objects.filter(act="declaration.move").count() == 2
    assert Event.objects.filter(act="reference.reorganise").count() == 1
    assert Message.objects.filter(template="declaration.moved", channel="sms").count() == 2
    assert Reorganisation.objects.get().finished_at


def test_an_unfinished_plan_goes_on_although_its_day_is_past(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declaration = a_declaration()
    with monkeypatch.context() as patch:
        patch.setattr(
            "vssid.web.officer.reorganisation.move", Mock(side_effect=RuntimeError("power"))
        )
        with pytest.raises(RuntimeError, match="power"):
            run(plan, apply=True)
    monkeypatch.setattr(reorganise, "utc_now", lambda: utc_now() + timedelta(days=2))
    run(plan, apply=True)
    assert _office_of(declaration) == HAI_BA_TRUNG


def test_it_waits_until_every_server_knows(plan: Path, pauses: Mock) -> None:
    run(plan, apply=True)
    (seconds,) = pauses.call_args.args
    assert 55 < seconds <= 65
    pauses.reset_mock()
    run(plan, apply=True)
    pauses.assert_not_called()


def test_a_running_server_learns_of_it_within_its_minute(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = directory._Memory()
    assert THANH_TRI in server.current().offices
    run(plan, apply=True)
    assert THANH_TRI in server.current().offices
    later = directory.time.monotonic() + directory.LEARNED_WITHIN.total_seconds()
    monkeypatch.setattr(directory.time, "monotonic", lambda: later)
    assert THANH_TRI not in server.current().offices


def test_a_reload_of_the_directory_undoes_nothing(plan: Path) -> None:
    first = communes()[0]
    run(plan, apply=True)
    before = set(AgencyArea.objects.values_list("agency_id", "era", "area_code", "valid_to"))
    DataSet.objects.filter(name="agencies").update(fingerprint="another")
    assert loading.load_agencies(by=Actor.system("tests")).is_changed
    directory.forget()
    after = set(AgencyArea.objects.values_list("agency_id", "era", "area_code", "valid_to"))
    assert after == before
    assert reference.office(THANH_TRI) is None
    serving = reference.serving_office("2025", first)
    assert serving
    assert serving.code == BA_DINH


def test_one_reorganisation_after_another(tmp_path: Path) -> None:
    """Thanh Trì went to Hai Bà Trưng, which ends as well: all of it is found at Ba Đình."""
    declaration = a_declaration()
    run(written(tmp_path, lines()), apply=True)
    served = communes(HAI_BA_TRUNG)
    rows = [
        HEADER,
        f"office,{HAI_BA_TRUNG},,{BA_DINH},{today()},Quyết định 1000",
        *(f"commune,{HAI_BA_TRUNG},{code},{BA_DINH},," for code in served),
    ]
    run(written(tmp_path, rows), apply=True)
    assert _office_of(declaration) == BA_DINH
    assert [one.code for one in reference.successors(THANH_TRI)] == [BA_DINH]
    assert find_agencies(Wanted("00114")).views[0].code == BA_DINH
    district = reference.serving_office("legacy", "020")
    assert district
    assert district.code == BA_DINH
    areas = Area.objects.filter(era="2025", level="commune").values_list("code", flat=True)
    assert all(reference.serving_office("2025", code) for code in areas)


def test_agencies_in_service_are_unchanged(plan: Path) -> None:
    columns = ("code", "name", "valid_from", "valid_to")
    before = set(Agency.objects.exclude(code=THANH_TRI).values_list(*columns))
    run(plan, apply=True)
    assert set(Agency.objects.exclude(code=THANH_TRI).values_list(*columns)) == before


def test_u02_the_look_up_says_whose_work_an_office_does_now(plan: Path, client: Client) -> None:
    run(plan, apply=True)
    page = client.get("/tra-cuu/co-quan-bhxh/", {"tim": "BHXH huyện Thanh Trì"}).content.decode()
    assert "Làm thay cơ quan cũ" in page
    assert "[00114] BHXH cơ sở Thanh Trì (trước đây: BHXH huyện Thanh Trì)" in page
    assert reference.office_name(HAI_BA_TRUNG) in page
