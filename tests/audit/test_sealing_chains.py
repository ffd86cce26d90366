"""The form that is hashed: stable for ever, and different for whatever is different."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.audit.sealing import chains
from vssid.audit.sealing.chains import Record

RECORD = Record(
    id="0190a0b0-0000-7000-8000-000000000001",
    at="1763790453123456",
    actor_kind="officer",
    actor="canbo.thanhtri",
    office="00114",
    act="record.look",
    subject="0198000001",
    reason="Đối chiếu hồ sơ",
    details='{"code": "TK7F3K92QD"}',
    txid="4711",
)
RECORDS = st.builds(Record, *[st.text(max_size=8) for _ in Record._fields])


def test_canonical_form_stays_as_it_was_released() -> None:
    """A change here would make every chain ever written look rewritten."""
    form = chains.canonical(RECORD)
    assert form.startswith(b"vssid-audit-event-1\0\0\0\x240190a0b0-")
    assert hashlib.sha256(form).hexdigest() == (
        "5922ae5a2c86be0cc2303a62855ae44f5fcf0c189ff697f5ceb84311c564d77d"
    )


def test_first_link_follows_the_start_of_its_shard() -> None:
    start = hashlib.sha256(b"vssid-audit-shard-1:7").digest()
    assert chains.start_of(7) == start
    assert chains.link_after(start, RECORD) == (
        hashlib.sha256(start + chains.canonical(RECORD)).digest()
    )


@given(RECORDS, RECORDS)
def test_only_equal_events_have_equal_bytes(one: Record, other: Record) -> None:
    assert (chains.canonical(one) == chains.canonical(other)) == (one == other)


@pytest.mark.parametrize("field", Record._fields)
def test_every_field_counts(field: str) -> None:
    changed = RECORD._replace(**{field: getattr(RECORD, field) + "1"})
    start = chains.start_of(0)
    assert chains.link_after(start, changed) != chains.link_after(start, RECORD)


def test_text_that_moves_to_the_next_field_is_noticed() -> None:
    one, other = RECORD._replace(actor="ab", office="c"), RECORD._replace(actor="a", office="bc")
    assert chains.canonical(one) != chains.canonical(other)


@given(st.text(min_size=1), st.uuids(), st.uuids())
def test_events_about_one_subject_share_a_shard(subject: str, one: object, other: object) -> None:
    shards = {
        chains.shard_of(RECORD._replace(subject=subject, id=str(id_))) for id_ in (one, other)
    }
    assert len(shards) == 1
    assert 0 <= shards.pop() < chains.SHARDS


def test_events_about_nobody_spread_by_their_id() -> None:
    shards = {
        chains.shard_of(RECORD._replace(subject="", id=str(number))) for number in range(2000)
    }
    assert len(shards) == chains.SHARDS
