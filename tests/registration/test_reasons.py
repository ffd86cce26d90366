"""The list of reasons: what is sent can be found again, and leads to a step."""

from itertools import permutations

import pytest

from vssid.registration import reasons
from vssid.registration.commands.drafts import PHOTOS
from vssid.registration.reasons import REASONS, Reason
from vssid.registration.rules import Step


def test_codes_and_sentences_are_one_each() -> None:
    assert len({one.code for one in REASONS}) == len({one.sentence for one in REASONS})
    for one, other in permutations(REASONS, 2):
        assert one.sentence not in other.sentence


@pytest.mark.parametrize("reason", REASONS, ids=lambda one: one.code)
def test_reason_is_a_sentence_with_what_to_do_about_it(reason: Reason) -> None:
    assert reason.sentence.endswith(".")
    assert reason.advice.startswith(("Xin ", "Không cần sửa"))
    assert set(reason.photos) <= set(PHOTOS)


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
