"""The addresses of the desk, below /can-bo/."""

from django.urls import path

from vssid.web.officer import cases, sign_in

app_name = "officer"
urlpatterns = [
    path("", cases.queue, name="queue"),
    path("dang-nhap/", sign_in.sign_in, name="sign_in"),
    path("thoat/", sign_in.sign_out, name="sign_out"),
    path("tim/", cases.find, name="find"),
    path("ho-so/<slug:code>/", cases.case, name="case"),
    path("ho-so/<slug:code>/nhan-ve/", cases.take_over, name="take_over"),
    path("ho-so/<slug:code>/nhan-ban-ky/", cases.receive, name="receive"),
    path("ho-so/<slug:code>/duyet/", cases.approve, name="approve"),
    path("ho-so/<slug:code>/tu-choi/", cases.refuse, name="refuse"),
    path("ho-so/<slug:code>/to-khai.pdf", cases.form_pdf, name="form"),
    path("ho-so/<slug:code>/anh/<slug:kind>/", cases.photo, name="photo"),
]
