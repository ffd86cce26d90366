"""The addresses of «Đăng ký cho con», below /dang-ky-cho-con/."""

from django.urls import path

from vssid.web.citizen.children import dispute, overview, papers, photos, steps

_START = "dang-ky-cho-con/"
urlpatterns = [
    path(_START, overview.overview, name="child"),
    path(f"{_START}bat-dau/", overview.start, name="children-start"),
    path(f"{_START}bo/", overview.discard, name="children-discard"),
    path(f"{_START}con/", steps.child, name="children-child"),
    path(f"{_START}co-quan/", steps.office, name="children-office"),
    path(f"{_START}xem-lai/", steps.review, name="children-review"),
    path(f"{_START}anh/<slug:kind>/", photos.photo, name="children-photo"),
    path(f"{_START}anh/<slug:kind>/gui/", photos.begin, name="children-send"),
    path(f"{_START}anh/phan/<uuid:upload>/", photos.part, name="children-photo-part"),
    path(f"{_START}to-khai.pdf", papers.all_pdf, name="children-pdf"),
    path(f"{_START}to-khai/<slug:code>/", papers.done, name="children-done"),
    path(f"{_START}to-khai/<slug:code>/to-khai.pdf", papers.form_pdf, name="children-form"),
    path(f"{_START}to-khai/<slug:code>/to-khai.png", papers.picture, name="children-picture"),
    path(f"{_START}to-khai/<slug:code>/sua/", papers.correct, name="children-correct"),
    path(f"{_START}bao-khong-dung/<uuid:child>/", dispute.report, name="children-dispute"),
]
