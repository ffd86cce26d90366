"""The English catalogue is complete and keeps every placeholder."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from config import texts

PLACEHOLDER = re.compile(r"%\(\w+\)s|(?<!\{)\{\w*\}(?!\})")
LANGUAGES = ["en"]


@cache
def _collected() -> Catalog:
    return texts.collect()


@cache
def _translated(language: str) -> Catalog:
    return texts.catalogue(language)


def _forms(text: object) -> list[str]:
    return [str(form) for form in text] if isinstance(text, list | tuple) else [str(text)]


def _pairs(language: str) -> list[tuple[Message, list[str]]]:
    catalogue = _translated(language)
    return [(one, _forms(one.string)) for one in catalogue if one.id and any(_forms(one.string))]


def test_texts_are_found_in_code_and_pages() -> None:
    ids = {str(message.id) for message in _collected()}
    assert {"Đăng nhập", "Quản lý cá nhân", "Mã số BHXH"} <= ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_in_the_catalogue(language: str) -> None:
    known = {(message.id, message.context) for message in _translated(language)}
    found = {(message.id, message.context) for message in _collected()}
    assert found - known == set(), "run `make texts` and translate what it names"
    assert known - found == set(), "run `make texts`: these are not used any more"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    assert [message.id for message in texts.untranslated(_translated(language))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same(language: str) -> None:
    wrong = [
        message.id
        for message, words in _pairs(language)
        for form in words
        if set(PLACEHOLDER.findall(form)) != set(PLACEHOLDER.findall(_forms(message.id)[-1]))
    ]
    assert wrong == []


def test_messages_that_travel_as_sms_stay_plain_in_english() -> None:
    english = _translated("en")
    sms = [one for one in english if str(one.id).startswith("VssID: ")]
    assert sms
    assert [one.id for one in sms if not str(one.string).isascii()] == []


def test_english_has_no_vietnamese_left() -> None:
    accents = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
    left = [
        form
        for _message, words in _pairs("en")
        for form in words
        if accents.search(re.sub("«[^»]*»|Mẫu số 01|Căn cước", "", form))
    ]
    assert left == []


@pytest.mark.parametrize(
    ("word", "meanings"),
    [
        ("Đã đóng", {None: "Paid", "petition": "Closed"}),
        ("Nội dung", {None: "What", "news": "Text"}),
        ("Mở tài khoản", {None: "Open the account", "done": "Account opened"}),
        ("Bản thân", {None: "About you", "patient": "Yourself"}),
        ("Quá hạn", {None: "Overdue", "message": "Expired"}),
        ("Phản ánh", {None: "Petitions", "one": "Petition"}),
        ("Ghi nhận", {None: "File", "done": "Filed"}),
        ("Duyệt", {None: "Approve", "done": "Approved"}),
        ("Từ chối", {None: "Refuse", "done": "Refused"}),
    ],
)
def test_a_word_of_two_meanings_is_said_apart(word: str, meanings: dict[str | None, str]) -> None:
    english = _translated("en")
    found = {one.context: str(one.string) for one in english if one.id == word}
    assert found == meanings


@pytest.fixture
def empty_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project where nothing is translated yet."""
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (tmp_path / "babel.cfg").write_bytes((texts.LOCALE / "babel.cfg").read_bytes())
    monkeypatch.setattr(texts, "LOCALE", tmp_path)
    path = folder / "django.po"
    path.write_text('msgid "Câu đã bỏ"\nmsgstr "A sentence that is gone"\n', encoding="utf-8")
    return path


def test_collecting_names_what_is_missing_and_drops_what_is_gone(
    empty_catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert texts.main() == 1
    assert "en: Đăng nhập\n" in capsys.readouterr().out
    assert "Câu đã bỏ" not in empty_catalogue.read_text(encoding="utf-8")


def test_collecting_twice_changes_nothing(empty_catalogue: Path) -> None:
    texts.main()
    first = empty_catalogue.read_bytes()
    texts.main()
    assert empty_catalogue.read_bytes() == first
