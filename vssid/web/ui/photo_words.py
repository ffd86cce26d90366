"""What is said about a photo that is hard to read: to who took it, and to the officer."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.files.quality import Finding, Subject
from vssid.files.queries import findings
from vssid.registration.commands.drafts import SUBJECTS

Words = str | Promise

_PAPER: dict[Finding, tuple[Words, Words]] = {
    Finding.BLURRY: (
        _("Ảnh mờ, khó đọc. Chụp lại?"),
        _("Lau ống kính, giữ máy thật yên, chờ máy lấy nét rồi mới bấm."),
    ),
    Finding.DARK: (
        _("Ảnh tối, khó đọc. Chụp lại?"),
        _("Chụp gần cửa sổ hoặc bật thêm đèn."),
    ),
    Finding.OVEREXPOSED: (
        _("Ảnh quá sáng, chữ bị mờ. Chụp lại?"),
        _("Tránh nắng và đèn chiếu thẳng vào giấy tờ, tắt đèn flash."),
    ),
    Finding.GLARE: (
        _("Ảnh bị lóa, có chỗ không đọc được. Chụp lại?"),
        _("Nghiêng giấy tờ một chút để hết lóa, tắt đèn flash."),
    ),
}
_PERSON: dict[Finding, tuple[Words, Words]] = {
    Finding.BLURRY: (
        _("Ảnh mờ, khó nhìn rõ mặt. Chụp lại?"),
        _("Lau ống kính, nhờ người khác cầm máy thật yên rồi mới bấm."),
    ),
    Finding.DARK: (
        _("Ảnh tối, khó nhìn rõ mặt. Chụp lại?"),
        _("Quay mặt về phía cửa sổ hoặc bật thêm đèn."),
    ),
    Finding.OVEREXPOSED: (
        _("Ảnh quá sáng, khó nhìn rõ mặt. Chụp lại?"),
        _("Đừng đứng giữa nắng, tắt đèn flash."),
    ),
    Finding.GLARE: (
        _("Mặt bị lóa, khó nhìn rõ. Chụp lại?"),
        _(
            "Tắt đèn flash, bỏ kính hoặc quay mặt khỏi đèn; nếu chụp lại ảnh in, hãy nghiêng ảnh "
            "một chút."
        ),
    ),
}
_MARKS: dict[Finding, Words] = {
    Finding.BLURRY: _("Ảnh mờ"),
    Finding.DARK: _("Ảnh tối"),
    Finding.OVEREXPOSED: _("Ảnh quá sáng"),
    Finding.GLARE: _("Ảnh bị lóa"),
}


@dataclass(frozen=True, slots=True)
class PhotoQuestion:
    """«Chụp lại?» with the reason, and what to do better."""

    question: str
    advice: str


def question_about(findings: tuple[Finding, ...], subject: Subject) -> PhotoQuestion | None:
    """What to ask about the worst finding; None for a good photo."""
    words = _PERSON if subject is Subject.PERSON else _PAPER
    found = next((words[one] for one in findings if one in words), None)
    return PhotoQuestion(str(found[0]), str(found[1])) if found else None


def questions_about(photos: Mapping[str, UUID | None]) -> dict[str, PhotoQuestion]:
    """«Chụp lại?» for each kept photo of a draft that is hard to read, by kind."""
    found = findings(photos.values())
    asked = {
        kind: question_about(found[photo], SUBJECTS[kind])
        for kind, photo in photos.items()
        if photo in found
    }
    return {kind: question for kind, question in asked.items() if question is not None}


def marks_of(findings: tuple[Finding, ...]) -> list[str]:
    """What an officer reads beside a photo, a mark for each finding."""
    return [str(_MARKS[one]) for one in findings]
