"""What stands in a copy of one's record: all of one's own, nothing of anybody else's."""

import csv
import io
import json
import zipfile
from dataclasses import fields
from datetime import timedelta
from typing import Any

import pypdf
import pytest

from tests.accounts.exporting import asked, ticket_of
from tests.factories import CLERK, HONG, KHOA, Citizen, a_declaration, a_person, an_account, drawn
from tests.insurance import building
from vssid.accounts.commands import exports
from vssid.accounts.models import Account, Export
from vssid.audit.actors import Actor
from vssid.audit.commands import Decision, open_record, record_event, withhold_looks
from vssid.documents.tables.as_csv import as_csv
from vssid.documents.tables.as_json import as_json
from vssid.files.commands import store_file
from vssid.insurance.commands import write_lives
from vssid.insurance.invented import life
from vssid.kernel.clock import utc_now
from vssid.people.models import Guardianship, Person, Share
from vssid.web.citizen.export import making
from vssid.web.citizen.export.contents import PARTS, in_vietnamese

pytestmark = pytest.mark.django_db
ALL = ("pdf", "csv", "json")
SEN = Citizen("0198000003", "Chị Sen", "001190000033", "+84912000003")


def _life(number: str, mark: str) -> life.PersonLife:
    """A row of each kind, every text of it bearing `mark`."""
    benefit = building.a_benefit(number, bank=f"Ngân hàng {mark}")
    visit = building.a_visit(number, facility_name=f"Bệnh viện {mark}")
    return building.a_life(
        _person(number),
        cards=(building.a_card(number, facility_name=f"Trạm {mark}"),),
        periods=(building.a_period(number, employer_name=f"Công ty {mark}"),),
        benefits=(benefit,),
        benefit_entries=(building.an_entry(benefit, note=f"Đợt {mark}"),),
        visits=(visit,),
        visit_costs=(building.a_cost(visit, name=f"Thuốc {mark}"),),
        papers=(building.a_paper(visit, serial=f"GIAY-{mark}"),),
    )


def _person(number: str) -> life.Person:
    """As the registry knows them already."""
    known = Person.objects.get(number=number)
    return life.Person(**{one.name: getattr(known, one.name) for one in fields(life.Person)})


def _two_people() -> Account:
    """Hồng, who exports, and Khoa, of whom nothing may stand in it."""
    a_person(HONG)
    a_declaration(HONG)
    account, _other = an_account(HONG), an_account(KHOA)
    write_lives(lives=[_life(HONG.number, "Cúc"), _life(KHOA.number, "Trúc")], by=CLERK)
    Guardianship.objects.create(
        guardian_id=HONG.number, child_number="0198000077", child_name="Bé Na",
        relation="mother", from_date="2020-01-01",
    )  # fmt: skip
    _shares(account.pk, a_person(SEN).number)
    return account


def _shares(hong: str, other: str) -> None:
    """One that Hồng gave and that has ended, one that was given to her."""
    names, now = {hong: HONG.full_name, other: SEN.full_name}, utc_now()
    for owner, reader, ended in ((hong, other, now), (other, hong, None)):
        Share.objects.create(
            reader_id=reader, owner_number=owner, reader_name=names[reader],
            owner_name=names[owner], shows_card=True, shows_contributions=False,
            shows_benefits=False, shows_medical_book=True, made_at=now, accepted_at=now,
            ends_at=now + timedelta(days=7), ended_at=ended, end_reason="owner" if ended else "",
        )  # fmt: skip


def _made(account: Account, formats: tuple[str, ...] = ALL) -> zipfile.ZipFile:
    export = asked(account, formats=formats)
    making.make_export(ticket=ticket_of(export))
    content = exports.fetch_export(number=account.pk, export_id=export.id, device="", now=utc_now())
    return zipfile.ZipFile(io.BytesIO(content))


def _json(packed: zipfile.ZipFile) -> Any:
    return json.loads(packed.read("ho-so.json"))


def _everything(packed: zipfile.ZipFile) -> str:
    """All that can be read in all files."""
    pages = pypdf.PdfReader(io.BytesIO(packed.read("ho-so.pdf"))).pages
    paper = "".join("".join(page.extract_text() for page in pages).split())
    return f"{paper}\n{_everything_but_paper(packed)}"


def _everything_but_paper(packed: zipfile.ZipFile) -> str:
    return "\n".join(
        packed.read(name).decode() for name in packed.namelist() if not name.endswith(".pdf")
    )


def test_every_table_is_in_all_three_files_with_all_its_rows() -> None:
    packed = _made(_two_people())
    tables = _json(packed)["tables"]
    names = {f"csv/{name}.csv" for name in tables}
    assert set(packed.namelist()) == {"doc-truoc.txt", "ho-so.pdf", "ho-so.json", *names}
    paper = _everything(packed)
    for name, rows in tables.items():
        text = packed.read(f"csv/{name}.csv").decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline="")))
        assert len(lines) == len(rows) + 1, name
    for said in ("TrạmCúc", "CôngtyCúc", "NgânhàngCúc", "ĐợtCúc", "BệnhviệnCúc", "ThuốcCúc",
                 "GIAY-Cúc", "BéNa", "ChịSen"):  # fmt: skip
        assert said in paper, said
    filled = {name for name, rows in tables.items() if rows}
    assert set(tables) - filled == {
        "smart_otp", "passkeys", "account_helps", "declarations_for_children",
    }  # fmt: skip


def test_shares_name_the_other_and_keep_their_number_back() -> None:
    packed = _made(_two_people(), ("csv", "json"))
    tables = _json(packed)["tables"]
    assert [one["reader_name"] for one in tables["shares_given"]] == [SEN.full_name]
    assert [one["owner_name"] for one in tables["shares_received"]] == [SEN.full_name]
    assert "Chủ hồ sơ dừng" in packed.read("csv/shares_given.csv").decode()
    assert SEN.number not in _everything_but_paper(packed)


def test_rows_below_a_visit_or_benefit_say_to_which_they_belong() -> None:
    account = an_account()
    first, second = (
        building.a_visit(HONG.number),
        building.a_visit(HONG.number, entered_at=utc_now() - timedelta(days=2), left_at=utc_now()),
    )
    life_ = building.a_life(
        _person(HONG.number),
        visits=(first, second),
        visit_costs=(building.a_cost(first, name="Cũ"), building.a_cost(second, name="Mới")),
    )
    write_lives(lives=[life_], by=CLERK)
    tables = _json(_made(account))["tables"]
    assert [one["visit"] for one in tables["visits"]] == [1, 2]
    assert tables["visits"][0]["entered_at"] > tables["visits"][1]["entered_at"]
    found = [(one["visit"], one["name"]) for one in tables["visit_costs"]]
    assert found == [(1, "Mới"), (2, "Cũ")]


def test_nothing_of_anybody_else_stands_in_it() -> None:
    said = _everything(_made(_two_people()))
    for strange in ("Trúc", KHOA.number, KHOA.full_name, KHOA.phone, KHOA.email, KHOA.id_number):
        assert strange not in said, strange


def test_no_secret_stands_in_it() -> None:
    account = _two_people()
    said = _everything(_made(account))
    session = account.session_set.get(ended_at=None)
    assert len(account.password) > 20
    assert account.password.rpartition("$")[2] not in said
    assert str(session.device_id) not in said


def test_only_the_chosen_files_are_made_and_the_first_says_what_they_are() -> None:
    packed = _made(an_account(), ("json",))
    assert packed.namelist() == ["doc-truoc.txt", "ho-so.json"]
    said = packed.read("doc-truoc.txt").decode("utf-8-sig")
    assert "không thay giấy xác nhận" in said
    assert "ho-so.json" in said
    assert "ho-so.pdf" not in said
    assert "csv" not in said


def test_portrait_is_in_it_and_a_lost_one_keeps_nothing_back() -> None:
    account = an_account()
    stored = store_file(
        content=drawn("portrait"), media_type="image/jpeg", purpose="portrait", by=CLERK
    )
    Account.objects.update(portrait=stored.id)
    assert _made(account).read("anh-chan-dung.jpg") == drawn("portrait")
    Export.objects.update(state="fetched", file=None)
    Account.objects.update(portrait=account.session_set.get(ended_at=None).id)
    assert "anh-chan-dung.jpg" not in _made(account).namelist()


def test_who_looked_is_in_it_in_words_but_for_what_is_withheld() -> None:
    account = an_account()
    officer, hidden = Actor.officer("canbo1", "00114"), Actor.officer("canbo2", "00103")
    now = utc_now()
    withhold_looks(
        subject=HONG.number,
        decision=Decision(
            number="12/QĐ", from_at=now - timedelta(days=1), until=now + timedelta(days=9),
            office="00103",
        ),
        by=CLERK,
        now=now,
    )  # fmt: skip
    for one in (officer, hidden):
        open_record(by=one, subject=HONG.number, purpose="account question")
    looks = _json(_made(account))["tables"]["looks"]
    seen = [one for one in looks if one["act"] == "record.look"]
    assert [(one["what"], one["why"]) for one in seen] == [
        ("Xem hồ sơ của bạn", "Bạn hỏi tại quầy về tài khoản của mình")
    ]
    assert "canbo1" in seen[0]["who"]


def test_looks_over_many_pages_are_all_in_it() -> None:
    account = an_account()
    for _ in range(520):
        record_event(by=CLERK, act="record.look", subject=HONG.number)
    looks = _json(_made(account))["tables"]["looks"]
    assert len([one for one in looks if one["act"] == "record.look"]) == 520


def test_making_it_is_no_look_of_somebody_else() -> None:
    account = an_account()
    looks = _json(_made(account))["tables"]["looks"]
    assert "record.look" not in {one["act"] for one in looks}


def test_every_code_that_is_stored_is_said_in_words() -> None:
    access = open_record(by=Actor.citizen(HONG.number), subject=HONG.number, purpose="export")
    _two_people()
    tables = [in_vietnamese(table) for part in PARTS for table in part(access)]
    for table in tables:
        for at, column in enumerate(table.columns):
            for row in table.rows:
                value = row[at]
                if column.kind == "code" and value not in {"", None} and column.name != "act":
                    assert column.words, (table.name, column.name)
                    assert str(value) in column.words, (table.name, column.name, value)


def test_job_that_goes_on_ends_now_on_paper_and_keeps_its_month_for_programs() -> None:
    account = an_account(HONG)
    a_person(HONG)
    last = building.a_period(HONG.number, from_month=202401, to_month=209912)
    ahead = building.a_period(
        HONG.number, fund="bhyt", from_month=202401, to_month=209901, kind="household"
    )
    write_lives(lives=[building.a_life(_person(HONG.number), periods=(last, ahead))], by=CLERK)
    access = open_record(by=Actor.citizen(account.pk), subject=account.pk, purpose="export")
    (table,) = [one for part in PARTS for one in part(access) if one.name == "contribution_periods"]
    said = as_csv(in_vietnamese(table)).decode()
    assert "2024-01,đến nay,bhxh" in said.replace("BHXH", "bhxh")
    assert "2099-01" in said
    assert "209912" in as_json((table,), number=account.pk, made_at=utc_now()).decode().replace(
        "-", ""
    )
