"""Every macro and shell of the pages once, for the tests that look at the markup."""

from functools import cache

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from vssid.web.ui import charts, icons, menu
from vssid.web.ui.apps import __file__ as apps_file
from vssid.web.ui.languages import Switch
from vssid.web.ui.page import Page, ShellPerson

UI = apps_file.rpartition("/")[0]
TEMPLATES = f"{UI}/templates"
STATIC = f"{UI}/static/ui"

FORMS = (
    '{% from "ui/forms.html" import field, textarea, select, radio_cards, checkbox, photo_box, '
    "otp_field, otp_resend, password_field, captcha, error_summary, button, button_link, actions, "
    "fieldset, steps, post_form, hidden, required_note %}"
    '{% from "ui/django_forms.html" import django_field, django_errors %}'
)
COMPONENTS = (
    '{% from "ui/components.html" import icon_text, page_head, panel, tiles, tile, link_list, '
    "link_row, rows, notice, badge, empty, tabs, fold, figures, figure, pagination, table, "
    "timeline, help_line, avatar, bar, progress, copy_code, print_button, confirm, skip_if_none, "
    "sms, mail %}"
    '{% from "ui/record.html" import identity, answers, bhyt_card, card_stage, month_strip, '
    "salary_line %}"
)

_OFFICER = {
    "full_name": "Cán Bộ Thử",
    "office_name": "BHXH Thử",
    "may_see_cases": True,
    "may_help": True,
    "may_answer": True,
    "may_publish": False,
    "may_keep_directories": False,
    "may_check_cards": False,
    "may_manage": True,
    "here": "/can-bo/",
    "locks_in": 300,
}

FORM_PAGE = """{% extends "ui/bare.html" %}{% block content %}
{{ steps(2, ['Người đăng ký', 'Giấy tờ', 'Địa chỉ']) }}
{{ error_summary([('paper', 'Số CCCD gồm 12 chữ số.'), (None, 'Hết thời gian.')]) }}
{% call post_form('/', csrf_input, upload=True, id='main') %}
{{ required_note() }}{{ hidden('step', 'papers') }}
{% call fieldset('Giấy tờ', 'Chụp nơi đủ sáng.') %}
{{ field('paper', 'paper', 'Số CCCD', '0123', error='Số CCCD gồm 12 chữ số.', required=True,
         hint='Có trên mặt trước.', inputmode='numeric', maxlength=12, width='medium') }}
{{ field('phone', 'phone', 'Điện thoại', None, prefix='+84', autocomplete='tel') }}
{{ textarea('note', 'note', 'Ghi chú', maxlength=500) }}
{{ select('area', 'area', 'Tỉnh', [('01', '01 - Thành phố Hà Nội')], '01', empty='Chọn') }}
{{ select('ward', 'ward', 'Xã', [('Hà Nội', [('1', 'Phường Một'), ('2', 'Phường Hai')])], 2) }}
{{ radio_cards('who', 'who', 'Ai?', [('p', 'Cá nhân', 'Người tham gia', 'user-round'),
               ('o', 'Tổ chức')], 'p', required=True, columns=2, error='Hãy chọn.', hint='Một.') }}
{{ checkbox('agree', 'agree', 'Tôi cam đoan', True, error='Cần đồng ý.') }}
{{ photo_box('front', 'front', 'Mặt trước', '/stored', error='Ảnh mờ.', clear_name='clear') }}
{{ photo_box('face', 'face', 'Chân dung', capture='user', frame='portrait', required=True) }}
{% endcall %}
{{ otp_field('otp', 'otp', sent_to='091***678', error='Mã chưa đúng.') }}
{{ password_field('password', 'password', 'Mật khẩu', hint='Ít nhất 8 ký tự.') }}
{% call captcha('cap', 'cap', '/picture', 'key', 'abc', '/refresh') %}<a href="/">Khác</a>
{% endcall %}
{% call actions() %}{{ button('Tiếp', icon_name='arrow-right', name='go', value='1') }}
{{ button_link('Thôi', '/', 'secondary') }}{% endcall %}
{% endcall %}
{{ captcha('cap2', 'cap2', '/picture', 'key2', 'abc') }}
{{ otp_resend('/resend', csrf_input, fields={'purpose': 'sign-in'}) }}
{% endblock %}"""

PIECES_PAGE = """{% extends "ui/shell.html" %}{% block content %}
{{ icon_text('phone', 'Gọi') }}{{ page_head('Chào', 'Mời xem', 'house') }}
{% call page_head('Chào') %}<a href="/">Thêm</a>{% endcall %}
{% call panel('Thẻ', 'id-card', 'tint', 'card') %}{{ rows([('Tên', 'Hoa', '/'), ('Mã', None)]) }}
{{ rows([('Tên', 'Hoa')], 'wide') }}{{ copy_code('Mã tờ khai', 'TK-1') }}{% endcall %}
{% call panel() %}{{ progress('Hồ sơ', 2, 4, '2/4') }}{% endcall %}
{% call tiles() %}{{ tile('Thẻ BHYT', '/', 'id-card', 'Còn hạn') }}{% endcall %}
{% call link_list() %}{{ link_row('Tin tức', '/', 'newspaper', 'Mới', badge('good', '24/7')) }}
{{ link_row('Hỗ trợ', '/') }}{% endcall %}
{% for kind in ('info', 'good', 'warn', 'bad') %}{{ notice(kind, 'Đã ghi', 'Chờ') }}{% endfor %}
{% call notice('info', 'Tin') %}<p>Thêm</p>{% endcall %}
{% for kind in ('info', 'good', 'warn', 'bad', 'none') %}{{ badge(kind, 'Từ') }}{% endfor %}
{{ empty('Chưa có gì') }}{% call empty('Trống', 'Xem năm khác', 'inbox') %}<a href="/">Xem</a>
{% endcall %}{{ tabs([('BHXH', '/', True), ('BHYT', '/', False)], 'Quỹ') }}
{% call fold('Công ty', '3 năm', '2019 – nay', True, 'period') %}<p>Chi tiết</p>{% endcall %}
{% call figures() %}{{ figure('Tổng', '12', 'năm', 'đến nay', 'good') }}{% endcall %}
{{ pagination(1, 3, '?trang={page}') }}{{ pagination(2, 3, '?trang={page}') }}
{{ table('Chi phí', ['Tên', 'Tiền'], [['Khám', '1'], ['Thuốc', None]], (1,), ['Cộng', '1']) }}
{{ timeline([('21/11', 'Ghi nhận', None, 'good'), ('', 'Trả lời', 'Chờ', 'none')]) }}
{{ help_line('1900 9068', 'Tổng đài') }}{{ avatar('/photo', 'Hoa', 's') }}{{ avatar(None, 'Hoa') }}
{{ bar([('BHYT trả', 80, '80 đ', 'primary'), ('Tự trả', 0, '0 đ', 'bad')], '80 đ', 'Chi phí') }}
{{ bar([('BHYT trả', 0, '0 đ', 'primary')], '0 đ', 'Không có chi phí') }}
{{ print_button() }}{{ skip_if_none(None) }}{{ sms('VssID', 'Ma OTP', '09:12') }}
{{ mail('VssID', 'Chào', 'Thư', '09:13') }}
{{ confirm('Đăng xuất?', 'Phải đăng nhập lại.', '/', csrf_input, 'Đăng xuất', '/',
           fields={'a': 1}) }}
{{ identity(person or visitor, None, [('Ngày sinh', None)],
            [('Hoa', '/', True), ('Bảo', '/', False)]) }}
{{ answers([('shield-check', 'Thẻ?', 'Còn hạn', None, 'good', '/'),
            ('calendar', 'Tháng?', '09/2026', 'Công ty', 'none', None)]) }}
{{ bhyt_card(card, qr) }}{{ bhyt_card(card, None, 'back', ['Xuất trình thẻ']) }}
{{ month_strip(years, 'Từng tháng', 2) }}{{ salary_line(chart, 'Tiền lương') }}
{% endblock %}{% block aside %}<aside class="aside">Bên</aside>{% endblock %}"""

STAGE_PAGE = """{% extends "ui/cardstage.html" %}{% block stage %}
{{ card_stage(card, qr, ['Xuất trình thẻ'], '/') }}{% endblock %}"""

PAGES = {
    "form": FORM_PAGE,
    "pieces": PIECES_PAGE,
    "stage": STAGE_PAGE,
    "desk": '{% extends "ui/desk.html" %}{% block content %}<p>Hàng chờ</p>{% endblock %}',
    "phone": '{% extends "ui/phoneframe.html" %}{% block screen %}<p>Tin</p>{% endblock %}',
    "empty": '{% extends "ui/shell.html" %}',
}

PERSON = ShellPerson(number="0123456789", full_name="Trần Thị Thử", photo_url=None, unread=2)
CARD = {
    "code": "GD 4 01 0123456789",
    "full_name": "Trần Thị Thử Nghiệm Tên Rất Là Dài",
    "born": "12/03/1962",
    "sex": "Nữ",
    "level": "4",
    "area_code": "K1",
    "facility": None,
    "valid_from": "01/01/2026",
    "valid_to": None,
    "five_years_from": None,
    "issuer": None,
    "photo_url": None,
}


@cache
def environment() -> Environment:
    """As config.jinja makes it, but with every route of the menus in place."""
    made = Environment(
        loader=ChoiceLoader([DictLoader(_with_imports()), FileSystemLoader(TEMPLATES)]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        url=lambda route: f"/{route}/",
        static=lambda path: f"/static/{path}",
        icon=icons.icon,
        menu_items=menu.menu_items,
        route_exists=lambda route: True,
        hotline="1900 9068",
    )
    return made


def _with_imports() -> dict[str, str]:
    return {name: text.replace("%}", "%}" + FORMS + COMPONENTS, 1) for name, text in PAGES.items()}


@cache
def draw(name: str, *, signed_in: bool = True) -> str:
    """The page `name` as HTML, with the context that every page gets."""
    years = [
        charts.StripYear(
            year,
            ("paid", "late", "missing", "none") * 3,
            "3 tháng đã đóng",
            (charts.StripLink(0, 2, "#y", "01–02"),),
        )
        for year in (2026, 2025, 2024)
    ]
    points = [charts.SalaryPoint(2020, 1, 5_000_000, "5.000.000 đ")]
    return (
        environment()
        .get_template(name)
        .render(
            lang="vi",
            here="/",
            is_open=False,
            has_kept=False,
            listing=None,
            switch=None if signed_in else Switch(to="en", back="/", is_offered=True),
            page=Page("Trang thử", tab="manage", back="/", htmx=True),
            person=PERSON if signed_in else None,
            visitor=PERSON,
            officer=_OFFICER if signed_in else None,
            csrf_input=Markup('<input type="hidden" name="csrfmiddlewaretoken" value="t">'),
            card=CARD,
            qr=Markup('<svg viewBox="0 0 1 1"></svg>'),
            years=years,
            chart=charts.salary_chart(points),
        )
    )
