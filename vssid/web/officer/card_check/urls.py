"""The address of the card check, /kiem-tra-the/."""

from django.urls import path

from vssid.web.officer.card_check import views

app_name = "card_check"
urlpatterns = [path("", views.check, name="check")]
