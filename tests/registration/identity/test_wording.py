"""Each difference is a sentence in both languages; but for the form's with the next step."""

import pytest
from django.utils.translation import override

from vssid.registration.identity.comparing import Beside, Difference, Field, Severity
from vssid.registration.identity.wording import sentence


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("beside", list(Beside))
@pytest.mark.parametrize("field", list(Field))
def test_every_difference_has_its_sentence(field: Field, beside: Beside, language: str) -> None:
    with override(language):
        said = sentence(Difference(field, beside, "M", "F", Severity.DOUBT))
    assert said.endswith(".")
    assert "{" not in said
    if beside is not Beside.FORM or field is Field.EXPIRY:
        assert said.count(".") > 1 or ";" in said


def test_both_values_are_named() -> None:
    with override("vi"):
        said = sentence(Difference(Field.SEX, Beside.FORM, "M", "F", Severity.DOUBT))
    assert said.startswith("Giới tính trên giấy tờ là «Nữ», trên tờ khai là «Nam».")


def test_the_registry_stays_silent_to_the_applicant() -> None:
    with override("vi"):
        said = sentence(Difference(Field.NUMBER, Beside.REGISTRY, "", "", Severity.GRAVE))
    assert said.startswith("Thông tin trên giấy tờ chưa khớp với dữ liệu BHXH.")
