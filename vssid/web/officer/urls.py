"""The addresses of the desk, below /can-bo/."""

from django.urls import path

from vssid.web.officer import accounts, cases, lock, second_factor, security, sign_in, staff

app_name = "officer"
urlpatterns = [
    path("", cases.queue, name="queue"),
    path("dang-nhap/", sign_in.sign_in, name="sign_in"),
    path("dang-nhap/buoc-hai/", second_factor.second_step, name="second_step"),
    path("dang-nhap/van-tay/", second_factor.passkey_options, name="passkey_options"),
    path("dang-nhap/mat-khau-moi/", sign_in.new_password, name="new_password"),
    path("dang-nhap/smart-otp/", second_factor.set_up, name="set_up"),
    path("thoat/", sign_in.sign_out, name="sign_out"),
    path("khoa/", lock.lock, name="lock"),
    path("khoa/mo/", lock.unlock, name="unlock"),
    path("khoa/van-tay/", lock.unlock_options, name="unlock_options"),
    path("con-day/", lock.presence, name="presence"),
    path("bao-mat/", security.security, name="security"),
    path("bao-mat/mat-khau/", security.change_password, name="change_password"),
    path("bao-mat/van-tay/", security.new_passkey_options, name="new_passkey_options"),
    path("bao-mat/van-tay/them/", security.add_passkey, name="add_passkey"),
    path("bao-mat/van-tay/<uuid:passkey>/bo/", security.remove_passkey, name="remove_passkey"),
    path("nhan-su/", staff.people, name="people"),
    path("nhan-su/moi/", staff.hire, name="hire"),
    path("nhan-su/<int:officer_id>/", staff.person, name="person"),
    path("nhan-su/<int:officer_id>/giao-viec/", staff.assign, name="assign"),
    path("nhan-su/<int:officer_id>/ngung/", staff.end, name="end"),
    path("nhan-su/<int:officer_id>/mo-lai/", staff.reopen, name="reopen"),
    path("nhan-su/<int:officer_id>/mat-khau/", staff.reset_password, name="reset_password"),
    path("nhan-su/<int:officer_id>/buoc-hai/", staff.reset_second, name="reset_second"),
    path("tai-khoan/", accounts.find, name="find_account"),
    path("tai-khoan/ho-so/", accounts.account, name="account"),
    path("tai-khoan/anh/", accounts.portrait, name="account_portrait"),
    path("tai-khoan/mat-khau/", accounts.reset_password, name="reset_citizen_password"),
    path("tai-khoan/so-dien-thoai/", accounts.change_phone, name="change_phone"),
    path("tai-khoan/so-dien-thoai/gui-lai/", accounts.resend_code, name="resend_phone_code"),
    path("tai-khoan/so-dien-thoai/ma/", accounts.confirm_phone, name="confirm_phone"),
    path("tim/", cases.find, name="find"),
    path("ho-so/<slug:code>/", cases.case, name="case"),
    path("ho-so/<slug:code>/nhan-ve/", cases.take_over, name="take_over"),
    path("ho-so/<slug:code>/nhan-ban-ky/", cases.receive, name="receive"),
    path("ho-so/<slug:code>/duyet/", cases.approve, name="approve"),
    path("ho-so/<slug:code>/tu-choi/", cases.refuse, name="refuse"),
    path("ho-so/<slug:code>/to-khai.pdf", cases.form_pdf, name="form"),
    path("ho-so/<slug:code>/anh/<slug:kind>/", cases.photo, name="photo"),
]
