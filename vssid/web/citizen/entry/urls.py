"""The addresses around signing in."""

from django.urls import URLPattern, path

from vssid.web.citizen import codes
from vssid.web.citizen.entry import (
    disown,
    forgotten,
    passkey_sign_in,
    password,
    prove,
    second_device,
    session,
    sign_in,
)

urlpatterns: list[URLPattern] = [
    path("dang-nhap/", sign_in.sign_in, name="sign_in"),
    path("dang-nhap/thiet-bi/", second_device.second_device, name="second_device"),
    path("dang-nhap/van-tay/", passkey_sign_in.passkey_sign_in, name="passkey_sign_in"),
    path("dang-nhap/van-tay/lua-chon/", passkey_sign_in.passkey_options, name="passkey_options"),
    path("xac-nhan-lai/", prove.prove, name="prove"),
    path("xac-nhan-lai/van-tay/", prove.prove_passkey, name="prove_passkey"),
    path("xac-nhan-lai/van-tay/lua-chon/", prove.prove_options, name="prove_options"),
    path("khong-phai-toi/<slug:code>/", disown.disown, name="disown"),
    path("thoat/", session.sign_out, name="sign_out"),
    path("phien/", session.state, name="session"),
    path("phien/gia-han/", session.extend, name="extend"),
    path("ma-otp/trang-thai/", codes.code_status, name="code_status"),
    path("quen-mat-khau/", forgotten.forgotten, name="forgotten"),
    path("quen-mat-khau/xong/", forgotten.done, name="forgotten-done"),
    path("doi-mat-khau/", password.change, name="password"),
    path("doi-mat-khau/xong/", password.changed, name="password-changed"),
]
