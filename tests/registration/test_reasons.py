"""The list of reasons: what is sent can be found again, and leads to a step."""

from itertools import permutations

import pytest

from vssid.registration import reasons
from vssid.registration.commands.children import PHOTOS as CHILD_PHOTOS
from vssid.registration.commands.drafts import PHOTOS
from vssid.registration.reasons import CHILD_REASONS, REASONS, Reason
from vssid.registration.rules import ChildStep, Step

ALL = (*REASONS, *CHILD_REASONS)


def test_codes_and_sentences_are_one_each() -> None:
    assert len({one.code for one in ALL}) == len({one.sentence for one in ALL}) == len(ALL)
    for one, other in permutations(ALL, 2):
        assert one.sentence not in other.sentence


@pytest.mark.parametrize("reason", ALL, ids=lambda one: one.code)
def test_reason_is_a_sentence_with_what_to_do_about_it(reason: Reason) -> None:
    assert reason.sentence.endswith(".")
    assert reason.advice.startswith(("Xin ", "Không cần sửa"))
    assert set(reason.photos) <= set(CHILD_PHOTOS if reason in CHILD_REASONS else PHOTOS)


@pytest.mark.parametrize("reason", CHILD_REASONS, ids=lambda one: one.code)
def test_reason_about_a_child_names_its_field_on_the_one_step_with_many(reason: Reason) -> None:
    assert isinstance(reason.step, ChildStep)
    assert bool(reason.field) is (reason.step is ChildStep.CHILD)
    assert reasons.of_text(f"{reason.sentence} Xin gọi lại.") == (reason,)


def test_reasons_are_found_again_among_words() -> None:
    first, fourth = REASONS[0], REASONS[3]
    text = f"{fourth.sentence} {first.sentence} Gọi lại giúp tôi."
    assert reasons.of_text(text) == (first, fourth)
    assert reasons.own_words(text) == "Gọi lại giúp tôi."


def test_words_alone_name_no_reason_and_begin_at_the_first_step() -> None:
    assert reasons.of_text("Thiếu bản sao hộ khẩu.") == ()
    assert reasons.own_words("Thiếu bản sao hộ khẩu.") == "Thiếu bản sao hộ khẩu."
    assert reasons.first_step(()) is Step.PERSON


def test_mending_begins_at_the_earliest_step() -> None:
    by_code = {one.code: one for one in REASONS}
    found = (by_code["phone-of-another"], by_code["paper-unreadable"])
    assert reasons.first_step(found) is Step.PAPERS
