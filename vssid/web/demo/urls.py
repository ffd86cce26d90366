"""Addresses of the demo."""

from django.urls import path

from vssid.web.demo import phone

app_name = "demo"
urlpatterns = [path("dien-thoai/", phone.inbox, name="inbox")]
