"""A new email stands a while before codes go to it; its code and a passkey's are of their own."""

from typing import ClassVar

from django.db import migrations, models

_PURPOSES = [
    ("registration", "Tờ khai đăng ký"),
    ("password", "Đổi mật khẩu"),
    ("device", "Thiết bị mới"),
    ("reset", "Đặt lại mật khẩu"),
    ("email", "Đổi email"),
    ("new-email", "Email mới"),
    ("phone", "Đổi số điện thoại"),
    ("new-phone", "Số điện thoại mới"),
    ("smart-otp", "Thiết lập SmartOTP"),
    ("passkey", "Thêm vân tay, khuôn mặt"),
    ("close", "Đóng tài khoản"),
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0005_account_password_age")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="account",
            name="email_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="disownlink",
            name="phone_before",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
        migrations.RemoveConstraint(model_name="onetimecode", name="accounts_code_purpose_known"),
        migrations.AlterField(
            model_name="onetimecode",
            name="purpose",
            field=models.CharField(choices=_PURPOSES, max_length=16),
        ),
        migrations.AddConstraint(
            model_name="onetimecode",
            constraint=models.CheckConstraint(
                condition=models.Q(purpose__in=[name for name, _label in _PURPOSES]),
                name="accounts_code_purpose_known",
            ),
        ),
    ]
