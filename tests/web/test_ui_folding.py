"""Templates in one language: words, icons and addresses become text when they are compiled."""

from collections.abc import Callable

import pytest
from django.utils import translation
from jinja2 import DictLoader, Environment

from config.jinja import environment
from vssid.web.ui.folding import in_language


@pytest.fixture
def drawn() -> Callable[..., str]:
    def draw(source: str, language: str = "vi", **values: object) -> str:
        pages = environment(loader=DictLoader({"page": source}))
        with translation.override(language):
            return in_language(pages, language).get_template("page").render(values)

    return draw


def count_calls(pages: Environment, name: str) -> list[object]:
    asked: list[object] = []
    real = pages.globals[name]

    def counted(*values: object) -> object:
        asked.append(values)
        return real(*values)

    pages.globals[name] = counted
    return asked


def test_constants_are_asked_for_when_compiled_and_never_again() -> None:
    pages = environment(loader=DictLoader({"page": "{{ icon('menu', 20) }}{{ icon(name) }}"}))
    asked = count_calls(pages, "icon")
    template = in_language(pages, "vi").get_template("page")
    assert asked == [("menu", 20)]
    assert template.render(name="x").count("<svg") == 2
    assert asked == [("menu", 20), ("x",)]


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("{{ _('Thoát') }}", {}),
        ("{{ pgettext('petition', 'Đã đóng') }}{{ _('Đã đóng') }}", {}),
        ("{{ _('Từ ngày %(day)s', day=day) }}", {"day": "<1/2>"}),
        ("{% trans name=name %}Ảnh của {{ name }}{% endtrans %}", {"name": "<Hoa>"}),
        ("{{ {'a': _('Thoát')}[key] }}{{ url('citizen:sign_in') }}", {"key": "a"}),
        ("{% if route_exists('citizen:none') %}{{ url('citizen:none') }}{% endif %}", {}),
        (
            "{% macro field(url) %}{{ url('citizen:home') }}{% endmacro %}{{ field(text) }}",
            {"text": str.upper},
        ),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_reads_as_without_folding(
    drawn: Callable[..., str], source: str, values: dict[str, object], language: str
) -> None:
    plain = environment(loader=DictLoader({"page": source}))
    with translation.override(language):
        expected = plain.get_template("page").render(values)
    assert drawn(source, language, **values) == expected


def test_each_language_has_its_own_words(drawn: Callable[..., str]) -> None:
    assert drawn("{{ _('Thoát') }}", "vi") == "Thoát"
    assert drawn("{{ _('Thoát') }}", "en") == "Sign out"


def test_a_missing_name_is_still_an_error(drawn: Callable[..., str]) -> None:
    with pytest.raises(Exception, match="nobody"):
        drawn("{{ nobody }}")


def test_an_address_that_does_not_exist_fails_only_where_it_is_asked_for(
    drawn: Callable[..., str],
) -> None:
    assert drawn("{% if wanted %}{{ url('citizen:none') }}{% endif %}", wanted=False) == ""
    with pytest.raises(Exception, match="none"):
        drawn("{% if wanted %}{{ url('citizen:none') }}{% endif %}", wanted=True)


def test_the_language_of_the_moment_does_not_matter_to_the_compiler() -> None:
    pages = environment(loader=DictLoader({"page": "{{ _('Thoát') }}"}))
    with translation.override("vi"):
        template = in_language(pages, "en").get_template("page")
    assert template.render() == "Sign out"
