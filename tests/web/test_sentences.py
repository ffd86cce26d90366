"""Every refusal of the kernel's parsers has a sentence, filled in and with a next step."""

import re

import pytest
from django.utils import translation

from vssid.kernel.errors import INPUT_CODES, InvalidInput
from vssid.web.ui.sentences import SENTENCES, sentence_for


def test_every_code_has_its_sentence_and_no_sentence_is_left_over() -> None:
    assert set(SENTENCES) == set(INPUT_CODES)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", INPUT_CODES)
def test_sentence_is_filled_from_the_details_of_its_code(code: str, language: str) -> None:
    error = InvalidInput(code, **dict.fromkeys(INPUT_CODES[code], 7))
    with translation.override(language):
        sentence = sentence_for(error)
    assert not re.search(r"[{}]|%\(", sentence)
    assert sentence.endswith((".", "!", "?"))
