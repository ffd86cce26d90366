"""Officers. Django's user model: staff only, never citizens."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from vssid.kernel.privacy import Privacy


class Role(models.TextChoices):
    """What an officer may do."""

    INTAKE = "intake", _("Tiếp nhận")
    DECISION = "decision", _("Xét duyệt")
    HEAD = "head", _("Phụ trách cơ quan")
    SUPPORT = "support", _("Trả lời phản ánh")
    CONTENT = "content", _("Biên tập nội dung")
    OPERATOR = "operator", _("Vận hành")


class Officer(AbstractBaseUser):
    """Somebody who works at an agency. `office` is the agency's code."""

    user_name = models.CharField(max_length=40, unique=True)
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=Role.choices)
    office = models.CharField(max_length=5)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["Officer"]()

    USERNAME_FIELD = "user_name"

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "password": Privacy.SECRET,
        "last_login": Privacy.INTERNAL,
        "user_name": Privacy.PUBLIC,
        "full_name": Privacy.PUBLIC,
        "role": Privacy.INTERNAL,
        "office": Privacy.PUBLIC,
        "is_active": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_role_known", condition=models.Q(role__in=Role.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_name} ({self.office})"
