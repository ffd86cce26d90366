"""Addresses that stand on paper and in messages."""

from django.conf import settings


def follow_address(code: str) -> str:
    """Where the applicant follows the case: a stored code → the address of its page."""
    return f"{settings.VSSID_PUBLIC_URL}/dang-ky/theo-doi/{code}/"
