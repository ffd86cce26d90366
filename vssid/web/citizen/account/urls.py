"""The addresses below «Thông tin tài khoản»."""

from django.urls import URLPattern, path

from vssid.web.citizen.account import (
    address,
    closing,
    details,
    devices,
    email,
    looks,
    passkeys,
    phone,
    settings,
    sharing,
    smart_otp,
)

urlpatterns: list[URLPattern] = [
    path("tai-khoan/", details.account, name="account"),
    path("tai-khoan/so-dien-thoai/", phone.phone, name="phone"),
    path("tai-khoan/email/", email.email, name="email"),
    path("tai-khoan/dia-chi/", address.address, name="address"),
    path("tai-khoan/dong/", closing.close, name="close"),
    path("tai-khoan/da-dong/", closing.closed, name="closed"),
    path("tai-khoan/ai-da-xem/", looks.looks, name="looks"),
    path("tai-khoan/thiet-bi/", devices.devices, name="devices"),
    path("tai-khoan/thiet-bi/quen/", devices.forget, name="forget_device"),
    path("cai-dat/", settings.settings, name="settings"),
    path("tai-khoan/van-tay/", passkeys.overview, name="passkeys"),
    path("tai-khoan/van-tay/them/", passkeys.add, name="passkey_add"),
    path("tai-khoan/van-tay/them/lua-chon/", passkeys.add_options, name="passkey_add_options"),
    path("tai-khoan/van-tay/<uuid:passkey>/", passkeys.change, name="passkey_change"),
    path("tai-khoan/van-tay/<uuid:passkey>/go/", passkeys.remove, name="passkey_remove"),
    path("tai-khoan/smart-otp/", smart_otp.smart_otp, name="smart_otp"),
    path("tai-khoan/smart-otp/go/", smart_otp.smart_otp_remove, name="smart_otp_remove"),
    path("chia-se/", sharing.shares, name="shares"),
    path("chia-se/moi/", sharing.new, name="share-new"),
    path("chia-se/<uuid:share>/nhan/", sharing.accept, name="share-accept"),
    path("chia-se/<uuid:share>/tu-choi/", sharing.decline, name="share-decline"),
    path("chia-se/<uuid:share>/dung/", sharing.end, name="share-end"),
    path("smart-otp/", smart_otp.smart_otp_codes, name="smart_otp_codes"),
]
