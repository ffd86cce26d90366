"""The addresses of the app and portal: the record first, it is what people open."""

from django.urls import URLPattern, URLResolver, include, path

from vssid.web.citizen import front
from vssid.web.citizen.account import urls as account
from vssid.web.citizen.answers import urls as answers
from vssid.web.citizen.children import urls as children
from vssid.web.citizen.entry import urls as entry
from vssid.web.citizen.estimates import urls as estimates
from vssid.web.citizen.export import urls as export
from vssid.web.citizen.install import urls as install
from vssid.web.citizen.lookups import urls as lookups
from vssid.web.citizen.news import urls as news
from vssid.web.citizen.number_search import urls as number_search
from vssid.web.citizen.papers import urls as papers
from vssid.web.citizen.record import urls as record
from vssid.web.citizen.registration import email, finish, following, photos, start, steps
from vssid.web.citizen.support import urls as support

_registration = [
    path("", start.welcome, name="register"),
    path("doi-tuong/", start.kind, name="register-kind"),
    path("ma-otp/", finish.code, name="register-code"),
    path("ma-otp/gui-lai/", finish.resend, name="register-resend"),
    path("da-ghi-nhan/", finish.done, name="register-done"),
    path("da-ghi-nhan/xoa/", finish.leave, name="register-leave"),
    path("to-khai.pdf", finish.form_pdf, name="register-pdf"),
    path("to-khai.png", finish.form_picture, name="register-picture"),
    path("thu-thach/", finish.challenge, name="register-challenge"),
    path("anh/chan-dung/", finish.photo, {"kind": "portrait"}, name="register-portrait"),
    path("anh/mat-truoc/", finish.photo, {"kind": "front"}, name="register-front"),
    path("anh/mat-sau/", finish.photo, {"kind": "back"}, name="register-back"),
    path("anh/chan-dung/gui/", photos.begin, {"kind": "portrait"}, name="register-send-portrait"),
    path("anh/mat-truoc/gui/", photos.begin, {"kind": "front"}, name="register-send-front"),
    path("anh/mat-sau/gui/", photos.begin, {"kind": "back"}, name="register-send-back"),
    path("anh/phan/<uuid:upload>/", photos.part, name="register-photo-part"),
    path("ban-than/", steps.person, name="register-person"),
    path("giay-to/", steps.papers, name="register-papers"),
    path("dia-chi/", steps.address, name="register-address"),
    path("co-quan/", steps.office, name="register-office"),
    path("xac-nhan/", finish.confirm, name="register-confirm"),
    path("xem-lai/", finish.review, name="register-review"),
    path("theo-doi/", following.follow, name="follow"),
    path("theo-doi/ho-so/", following.case, name="follow-case"),
    path("theo-doi/ho-so/to-khai.pdf", following.case_pdf, name="follow-pdf"),
    path("theo-doi/ho-so/sua/", following.correct, name="follow-correct"),
    path("theo-doi/ho-so/dong/", following.leave, name="follow-leave"),
    path("theo-doi/email/<str:proof>/", email.prove, name="follow-prove-email"),
    path("theo-doi/<slug:code>/", following.follow, name="follow-code"),
]

_patterns: list[URLPattern | URLResolver] = [
    *record.urlpatterns,
    path("", front.home, name="home"),
    *entry.urlpatterns,
    *account.urlpatterns,
    *children.urlpatterns,
    *estimates.urlpatterns,
    *papers.urlpatterns,
    *export.urlpatterns,
    path("quan-ly-ca-nhan/anh/", front.portrait, name="portrait"),
    path("dang-ky/", include(_registration)),
    path("dich-vu-cong/", front.services, name="services"),
    *number_search.urlpatterns,
    *lookups.urlpatterns,
    path("ho-tro/", front.help_page, name="help"),
    *answers.urlpatterns,
    *support.urlpatterns,
    *install.urlpatterns,
    *news.urlpatterns,
    path("ngon-ngu/", front.language, name="language"),
]

urlpatterns = [path("", include((_patterns, "citizen")))]
