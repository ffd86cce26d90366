"""The addresses of «Tải hồ sơ của tôi»."""

from django.urls import URLPattern, path

from vssid.web.citizen.export import views

urlpatterns: list[URLPattern] = [
    path("tai-khoan/tai-ve/", views.overview, name="export"),
    path("tai-khoan/tai-ve/moi/", views.ask, name="export_ask"),
    path("tai-khoan/tai-ve/tien-do/", views.progress, name="export_progress"),
    path("tai-khoan/tai-ve/<uuid:export>/tep/", views.fetch, name="export_fetch"),
]
