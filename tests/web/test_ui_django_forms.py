"""Fields of Django forms in the markup of the pages."""

from datetime import timedelta

import pytest
from django import forms

from tests.web.test_ui_pages import Markup
from tests.web.ui_gallery import FORMS, environment
from vssid.web.ui.fields import PlainForm


class Declaration(forms.Form):
    full_name = forms.CharField(label="Họ và tên", max_length=80, help_text="Đủ dấu")
    born = forms.DateField(label="Ngày sinh", required=False)
    province = forms.ChoiceField(label="Tỉnh", choices=[("01", "Hà Nội"), ("79", "TP.HCM")])
    relation = forms.ChoiceField(
        label="Quan hệ", choices=[("cha", "Cha"), ("me", "Mẹ")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Tôi cam đoan")
    password = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)
    photo = forms.FileField(label="Ảnh", required=False)
    step = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Hãy xem lại tờ khai.")


def draw(form: forms.Form) -> str:
    template = environment().from_string(
        FORMS + "{{ django_errors(form) }}{% for bf in form %}{{ django_field(bf) }}{% endfor %}"
    )
    return template.render(form=form)


def control(form: forms.Form, name: str) -> dict[str, str]:
    found = (attributes for _, attributes in Markup(draw(form)).tags)
    return next(item for item in found if item.get("name") == name)


@pytest.fixture
def refused() -> Declaration:
    typed = {
        "full_name": 'Trần "Thử" <b>',
        "province": "79",
        "relation": "me",
        "password": "bí mật",
    }
    return Declaration(typed)


def test_unbound_form_shows_no_errors() -> None:
    assert 'class="errors"' not in draw(Declaration())


def test_what_was_typed_comes_back_escaped(refused: Declaration) -> None:
    assert "&lt;b&gt;" in draw(refused)
    assert control(refused, "full_name")["value"] == 'Trần "Thử" <b>'


def test_chosen_options_stay_chosen(refused: Declaration) -> None:
    tags = Markup(draw(refused)).tags
    chosen = [item["value"] for tag, item in tags if tag == "option" and "selected" in item]
    checked = [item["value"] for tag, item in tags if tag == "input" and "checked" in item]
    assert (chosen, checked) == (["79"], ["me"])


def test_password_does_not_come_back(refused: Declaration) -> None:
    assert "bí mật" not in draw(refused)


def test_password_is_masked_and_may_be_looked_at(refused: Declaration) -> None:
    field = control(refused, "password")
    assert field["type"] == "password"
    buttons = [item for tag, item in Markup(draw(refused)).tags if tag == "button"]
    peeking = [item for item in buttons if item.get("aria-controls") == field["id"]]
    assert [item["aria-pressed"] for item in peeking] == ["false"]


def test_refused_field_is_marked_and_linked(refused: Declaration) -> None:
    assert control(refused, "agree")["aria-invalid"] == "true"
    assert ("a", {"href": "#id_agree"}) in Markup(draw(refused)).tags


def test_errors_of_the_whole_form_are_told(refused: Declaration) -> None:
    assert "Hãy xem lại tờ khai." in draw(refused)


def test_limits_and_hints_of_the_field_reach_the_control() -> None:
    found = control(Declaration(), "full_name")
    assert found["maxlength"] == "80"
    assert found["aria-describedby"] == "id_full_name-hint"


def test_every_kind_of_field_has_its_label(refused: Declaration) -> None:
    tags = Markup(draw(refused)).tags
    labelled = {item.get("for") for tag, item in tags if tag == "label"}
    controls = [item for tag, item in tags if tag in {"input", "select", "textarea"}]
    assert len(controls) > len(Declaration.base_fields)
    for item in controls:
        assert item.get("type") == "hidden" or item["id"] in labelled


@pytest.mark.parametrize(
    ("wait", "field", "title"),
    [
        (None, "full_name", "Còn chỗ cần sửa"),
        (None, None, "Chưa làm được"),
        (timedelta(minutes=5), None, "Xin chờ một chút"),
        (timedelta(minutes=5), "full_name", "Xin chờ một chút"),
        (timedelta(hours=20), None, "Chưa làm được"),
    ],
)
def test_title_says_whether_to_correct_or_to_wait(
    wait: timedelta | None, field: str | None, title: str
) -> None:
    class Letter(PlainForm):
        full_name = forms.CharField(required=False)

    form = Letter({})
    assert form.is_valid()
    form.add_error(field, "Chưa được.")
    form.wait = wait
    template = environment().from_string(FORMS + "{{ django_errors(form) }}")
    assert f"<span>{title}</span>" in template.render(form=form)
