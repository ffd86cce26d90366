"""What the owner of the database does to events, seals and chains is found, and told apart."""

import base64
import io
import shutil
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.audit.conftest import Rewrite
from tests.audit.sealing_helpers import (
    NUMBER,
    OTHER,
    chain,
    findings,
    kinds,
    seal_and_sign,
    write_events,
)
from vssid.audit.models import Event, Hold, Seal
from vssid.audit.sealing import chains, commands, heads, verifying_heads
from vssid.audit.sealing.findings import Kind
from vssid.kernel.clock import utc_now

pytestmark = pytest.mark.django_db(transaction=True)

ANOTHER_KEY = {"tests": b"\7" * 32}


@pytest.fixture
def seals() -> list[Seal]:
    """Six sealed events of one person under a signed head, and some of another."""
    write_events(3, OTHER)
    write_events(6)
    seal_and_sign()
    write_events(2, OTHER)
    seal_and_sign(minutes=1)
    return chain()


def test_nothing_is_found_when_nothing_was_done(seals: list[Seal]) -> None:
    assert len(seals) == 6
    assert findings() == []


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "actor_kind = 'system'",
        "actor = 'canbo.khac'",
        "office = '00115'",
        "act = 'record.print'",
        "subject = '0198000003'",
        "reason = reason || ' '",
        "details = '{\"code\": 1}'",
        "txid = txid + 1",
        "at = 'infinity'",
    ],
)
def test_one_changed_field_is_found_where_it_is(
    rewrite: Rewrite, seals: list[Seal], change: str
) -> None:
    changed = seals[2]
    rewrite(f"UPDATE audit_event SET {change} WHERE id = %s", changed.event)  # noqa: S608
    found = findings()
    assert {finding.kind for finding in found} == {Kind.CHANGED}
    assert all(f"position 3, event {changed.event}" in finding.where for finding in found)


def test_a_removed_event_is_found_by_its_seal(rewrite: Rewrite, seals: list[Seal]) -> None:
    rewrite("DELETE FROM audit_event WHERE id = %s", seals[1].event)
    (found,) = findings()
    assert found.kind is Kind.REMOVED_EVENT
    assert str(seals[1].event) in found.where


def test_an_event_removed_with_its_seal_leaves_a_gap(rewrite: Rewrite, seals: list[Seal]) -> None:
    rewrite("DELETE FROM audit_event WHERE id = %s", seals[1].event)
    rewrite("DELETE FROM audit_seal WHERE event = %s", seals[1].event)
    (found,) = findings()
    assert found.kind is Kind.REMOVED_SEAL
    assert "positions 2 to 2" in found.where


def test_a_gap_that_is_closed_up_does_not_fit(rewrite: Rewrite, seals: list[Seal]) -> None:
    rewrite("DELETE FROM audit_event WHERE id = %s", seals[1].event)
    rewrite("DELETE FROM audit_seal WHERE event = %s", seals[1].event)
    for seal in seals[2:]:
        rewrite("UPDATE audit_seal SET position = position - 1 WHERE event = %s", seal.event)
    assert kinds() == {Kind.CHANGED, Kind.DIFFERS}


def test_a_seal_that_is_overwritten_is_told_from_a_changed_event(
    rewrite: Rewrite, seals: list[Seal]
) -> None:
    rewrite("UPDATE audit_seal SET link = sha256('x') WHERE event = %s", seals[3].event)
    (found,) = findings()
    assert found.kind is Kind.REWRITTEN_SEAL
    assert "position 4" in found.where


@pytest.mark.parametrize("apart", [1, 3])
def test_two_events_that_change_places_are_found(
    rewrite: Rewrite, seals: list[Seal], apart: int
) -> None:
    one, other = seals[1], seals[1 + apart]
    rewrite("DELETE FROM audit_seal WHERE event = ANY(%s)", [one.event, other.event])
    for seal, event in ((one, other.event), (other, one.event)):
        rewrite(
            "INSERT INTO audit_seal (event, shard, position, link) VALUES (%s, %s, %s, %s)",
            *(event, seal.shard, seal.position, bytes(seal.link)),
        )
    assert kinds() == {Kind.REORDERED}


def test_seals_that_change_places_with_their_links_are_found(
    rewrite: Rewrite, seals: list[Seal]
) -> None:
    for seal, position in ((seals[1], 99), (seals[4], 2), (seals[1], 5)):
        rewrite("UPDATE audit_seal SET position = %s WHERE event = %s", position, seal.event)
    assert kinds() == {Kind.REORDERED}


def rewrite_chain(rewrite: Rewrite, shard: int) -> None:
    """Make every link of a shard fit its events again, as whoever owns the database could."""
    link = chains.start_of(shard)
    for seal in Seal.objects.filter(shard=shard).order_by("position"):
        link = chains.link_after(link, record_of(seal))
        rewrite("UPDATE audit_seal SET link = %s WHERE event = %s", link, seal.event)


def record_of(seal: Seal) -> chains.Record:
    event = Event.objects.get(id=seal.event)
    micros = int(event.at.timestamp()) * 1_000_000 + event.at.microsecond
    return chains.Record(
        *(str(event.id), str(micros), event.actor_kind, event.actor, event.office),
        *(event.act, event.subject, event.reason, "{}", str(event.txid)),
    )


def test_a_chain_rewritten_from_end_to_end_is_found_by_the_heads(
    rewrite: Rewrite, seals: list[Seal]
) -> None:
    rewrite("UPDATE audit_event SET actor = 'nobody' WHERE id = %s", seals[2].event)
    assert Kind.CHANGED in kinds()
    rewrite_chain(rewrite, seals[0].shard)
    (found,) = findings()
    assert found.kind is Kind.DIFFERS
    assert f"shard {seals[0].shard}, position 6" in found.where


def test_the_newest_events_cut_off_with_their_seals_are_found_by_the_heads(
    rewrite: Rewrite, seals: list[Seal]
) -> None:
    cut = [seal.event for seal in seals[4:]]
    rewrite("DELETE FROM audit_event WHERE id = ANY(%s)", cut)
    rewrite("DELETE FROM audit_seal WHERE event = ANY(%s)", cut)
    assert kinds() == {Kind.DIFFERS}


def test_a_chain_that_is_cut_off_and_continued_is_found_by_the_heads(
    rewrite: Rewrite, seals: list[Seal]
) -> None:
    cut = [seal.event for seal in seals[4:]]
    rewrite("DELETE FROM audit_event WHERE id = ANY(%s)", cut)
    rewrite("DELETE FROM audit_seal WHERE event = ANY(%s)", cut)
    write_events(4)
    seal_and_sign(minutes=2)
    assert kinds() == {Kind.DIFFERS}


def test_everything_emptied_is_found_by_the_heads(rewrite: Rewrite, seals: list[Seal]) -> None:
    assert seals
    rewrite("TRUNCATE audit_event, audit_seal, audit_progress")
    assert kinds() == {Kind.DIFFERS}


def test_an_event_that_is_added_with_an_old_date_is_found(
    rewrite: Rewrite, seals: list[Seal]
) -> None:
    rewrite(
        "INSERT INTO audit_event (id, at, actor_kind, actor, office, act, subject, reason, details)"
        " SELECT gen_random_uuid(), at - interval '2 days', actor_kind, actor, office, act,"
        " subject, reason, details FROM audit_event WHERE id = %s",
        seals[0].event,
    )
    commands.seal_events()
    assert kinds() == {Kind.ADDED, Kind.UNSIGNED}
    seal_and_sign(minutes=2)
    assert kinds() == {Kind.ADDED}


def test_an_event_that_is_put_into_a_chain_does_not_fit(
    rewrite: Rewrite, seals: list[Seal]
) -> None:
    (added,) = write_events(1)
    for seal in reversed(seals[3:]):
        rewrite("UPDATE audit_seal SET position = position + 1 WHERE event = %s", seal.event)
    rewrite(
        "INSERT INTO audit_seal (event, shard, position, link) VALUES (%s, %s, 4, %s)",
        *(added.id, seals[3].shard, b"\1" * 32),
    )
    assert Kind.CHANGED in kinds()


def test_a_removed_seal_shows_as_a_gap_and_as_an_event_that_waits(
    rewrite: Rewrite, seals: list[Seal]
) -> None:
    rewrite("DELETE FROM audit_seal WHERE event = %s", seals[2].event)
    rewrite("UPDATE audit_event SET at = at - interval '6 minutes' WHERE id = %s", seals[2].event)
    assert kinds() == {Kind.REMOVED_SEAL, Kind.UNSEALED}


def test_a_fresh_tail_is_counted_and_no_finding(seals: list[Seal]) -> None:
    assert seals
    write_events(2)
    output = io.StringIO()
    call_command("verify_audit", stdout=output)
    assert "Events without a seal yet: 2, the oldest of " in output.getvalue()
    assert "Everything is as it was sealed and signed." in output.getvalue()


def test_sealed_events_that_no_head_covers_for_long_are_a_finding(seals: list[Seal]) -> None:
    assert seals
    write_events(2)
    commands.seal_events()
    assert kinds() == set()
    (found,) = findings(later=timedelta(minutes=31))
    assert found.kind is Kind.UNSIGNED
    assert found.where.startswith("2 sealed events")


def files() -> list[Path]:
    return list(heads.files(settings.VSSID_AUDIT_DIR))


@pytest.mark.usefixtures("seals")
def test_a_head_that_is_edited_is_forged() -> None:
    path = files()[1]
    path.write_bytes(path.read_bytes().replace(b'"release":"dev"', b'"release":"new"'))
    assert kinds() == {Kind.HEAD_FORGED}


@pytest.mark.usefixtures("seals")
def test_a_head_signed_with_a_key_of_another_is_forged() -> None:
    path = files()[1]
    path.write_bytes(heads.sign(heads.read(path).head, ANOTHER_KEY))
    assert kinds() == {Kind.HEAD_FORGED}


@pytest.mark.usefixtures("seals")
def test_a_head_of_unknown_keys_only_is_forged() -> None:
    path = files()[1]
    path.write_bytes(heads.sign(heads.read(path).head, {"unknown": b"\7" * 32}))
    assert kinds() == {Kind.HEAD_FORGED}


@pytest.mark.usefixtures("seals")
def test_a_head_taken_out_of_the_middle_is_missed() -> None:
    seal_and_sign(minutes=2)
    write_events(1)
    seal_and_sign(minutes=3)
    files()[1].unlink()
    (found,) = findings()
    assert (found.kind, found.where) == (Kind.HEAD_MISSING, "numbers 2 to 2")


@pytest.mark.usefixtures("seals")
def test_no_heads_at_all_is_a_finding() -> None:
    shutil.rmtree(settings.VSSID_AUDIT_DIR)
    assert kinds() == {Kind.HEAD_MISSING}


@pytest.mark.usefixtures("seals")
@pytest.mark.parametrize("content", [b"", b"{}\n{}\n", b"[]\n[]\n", b"\xff\n\xff\n", b"1\n2\n3"])
def test_a_file_that_is_no_head_is_named(content: bytes) -> None:
    files()[1].write_bytes(content)
    (found,) = findings()
    assert found.kind is Kind.HEAD_UNREADABLE
    assert files()[1].name in found.where


def junk(name: str, number: str = "99999999999999999999") -> None:
    """A file between the heads that has their form, and a number inside that nobody expects."""
    first = files()[0]
    line, signatures, _ = first.read_bytes().split(b"\n")
    line = line.replace(b'"number":1', b'"number":' + number.encode())
    (first.parent / f"{name}.head").write_bytes(b"\n".join((line, signatures, b"")))


@pytest.mark.usefixtures("seals")
@pytest.mark.parametrize("name", ["0000000001-", "00000000011", "1", "a"])
def test_a_file_with_a_huge_number_is_forged_and_heads_after_it_are_looked_at(
    rewrite: Rewrite, name: str
) -> None:
    junk(name)
    assert kinds() == {Kind.HEAD_FORGED}
    rewrite("TRUNCATE audit_event, audit_seal, audit_progress")
    found = [finding.where for finding in findings() if finding.kind is Kind.DIFFERS]
    assert any("0000000001.head" in where for where in found)
    assert any("0000000002.head" in where for where in found)


@pytest.mark.usefixtures("seals")
def test_a_file_named_as_the_huge_number_in_it_leads_away_from_no_head() -> None:
    junk("99999999999999999999")
    assert kinds() == {Kind.HEAD_FORGED}


@pytest.mark.usefixtures("seals")
def test_a_copy_of_a_head_under_another_name_is_misplaced_and_the_next_one_follows() -> None:
    first = files()[0]
    shutil.copy(first, first.parent / "0000000001-.head")
    (found,) = findings()
    assert (found.kind, found.where) == (
        Kind.HEAD_MISPLACED,
        f"{first.parent.name}/0000000001-.head",
    )


@pytest.mark.usefixtures("seals")
@pytest.mark.parametrize("number", ["Infinity", "1e400", "[" * 100_000])
def test_a_number_that_is_none_is_no_head(number: str) -> None:
    junk("0000000001-", number)
    assert kinds() == {Kind.HEAD_UNREADABLE}


@pytest.mark.usefixtures("seals")
def test_a_folder_in_the_place_of_a_head_is_no_head() -> None:
    (files()[0].parent / "0000000001-.head").mkdir()
    assert kinds() == {Kind.HEAD_UNREADABLE}


@pytest.mark.usefixtures("seals")
def test_a_head_signed_again_over_another_past_does_not_follow() -> None:
    """Even by whoever has the key: the copies that others kept name another file before."""
    first, second = files()
    head = heads.read(first).head
    keys = settings.VSSID_AUDIT_KEYS
    first.write_bytes(heads.sign(heads.Head(1, head.at, "other", "", head.ends), keys))
    (found,) = findings()
    assert (found.kind, found.where) == (
        Kind.HEAD_MISPLACED,
        f"{second.parent.name}/{second.name}",
    )


@pytest.mark.usefixtures("seals")
def test_heads_that_are_newer_than_the_look_are_left_for_the_next_one() -> None:
    """The worker goes on meanwhile."""
    output = io.StringIO()
    call_command("verify_audit", stdout=output)
    assert "Signed heads read: 2" in output.getvalue()


@pytest.mark.usefixtures("seals")
def test_only_heads_from_before_the_look_are_counted() -> None:
    seen = verifying_heads.Seen()
    keys = heads.public_keys(settings.VSSID_AUDIT_KEYS)
    folder, now = settings.VSSID_AUDIT_DIR, utc_now()
    assert not list(verifying_heads.check_heads(folder, keys, newest=1, seen=seen, now=now))
    assert (seen.files, seen.last and seen.last.head.number) == (1, 1)


@pytest.mark.usefixtures("seals")
def test_an_outsider_checks_a_copy_of_the_heads_with_the_public_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(settings.VSSID_AUDIT_DIR, copy)
    public = heads.public_keys(settings.VSSID_AUDIT_KEYS)["tests"].public_bytes_raw()
    text = f"tests:{base64.b64encode(public).decode()}"
    monkeypatch.setattr(settings, "VSSID_AUDIT_KEYS", {"own": b"\1" * 32})
    call_command("verify_audit", "--public-key", text, "--heads", str(copy), stdout=io.StringIO())
    with pytest.raises(CommandError, match="forged head 2"):
        call_command("verify_audit", "--heads", str(copy), stdout=io.StringIO())


@pytest.mark.parametrize("text", ["", "tests", "tests:AAAA", "tests:ä"])
def test_a_public_key_that_is_none_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(CommandError, match="public key"):
        call_command("verify_audit", "--public-key", text, stdout=io.StringIO())


def test_command_ends_with_one_and_says_how_many_of_each(
    rewrite: Rewrite, seals: list[Seal]
) -> None:
    rewrite("UPDATE audit_event SET office = '00115' WHERE subject = %s", NUMBER)
    output = io.StringIO()
    with pytest.raises(CommandError, match="does not hold: changed 6") as ended:
        call_command("verify_audit", stdout=output)
    assert ended.value.returncode == 1
    assert f"changed: shard {seals[0].shard}, position 1" in output.getvalue()


@pytest.mark.usefixtures("seals")
def test_command_names_a_hold_that_was_put_in_without_a_decision() -> None:
    now = utc_now()
    hold = Hold.objects.create(
        subject=NUMBER,
        office="00114",
        decision="1",
        recorded_by="canbo",
        from_at=now,
        recorded_at=now,
        until=now + timedelta(days=36_500),
        event=uuid4(),
    )
    output = io.StringIO()
    with pytest.raises(CommandError, match="does not hold: hold without its event 1"):
        call_command("verify_audit", stdout=output)
    assert f"hold without its event: hold {hold.id}" in output.getvalue()


def test_a_new_key_is_vouched_for_by_the_old_one(
    seals: list[Seal], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed by both for a while, then by the new one: each of them reaches the other's time."""
    assert seals
    old = settings.VSSID_AUDIT_KEYS
    new = {"new": b"\2" * 32}
    for keys in ({**new, **old}, new):
        monkeypatch.setattr(settings, "VSSID_AUDIT_KEYS", keys)
        write_events(1)
        seal_and_sign(minutes=2)
    assert [set(heads.read(path).signatures) for path in files()[2:]] == [{"new", "tests"}, {"new"}]
    monkeypatch.setattr(settings, "VSSID_AUDIT_KEYS", {**new, **old})
    assert kinds() == set()


def test_seal_command_seals_signs_and_names_the_public_key(seals: list[Seal]) -> None:
    assert seals
    write_events(2)
    output = io.StringIO()
    call_command("seal_audit", stdout=output)
    assert "Sealed 2 events." in output.getvalue()
    assert str(files()[-1]) in output.getvalue()
    public = heads.public_keys(settings.VSSID_AUDIT_KEYS)["tests"].public_bytes_raw()
    assert f"Public key: tests:{base64.b64encode(public).decode()}" in output.getvalue()


def test_a_clock_that_is_set_back_does_not_put_a_head_before_its_forerunner(
    seals: list[Seal],
) -> None:
    assert seals
    write_events(1)
    seal_and_sign(minutes=-int(timedelta(days=2) / timedelta(minutes=1)))
    assert kinds() == set()
