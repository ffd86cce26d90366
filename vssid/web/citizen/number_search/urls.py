"""The addresses of «Tìm mã số BHXH»."""

from django.urls import path

from vssid.web.citizen.number_search import registering, search

urlpatterns = [
    path("tra-cuu/ma-so-bhxh/", search.search, name="number-search"),
    path("tra-cuu/ma-so-bhxh/dang-ky/", registering.register, name="number-search-register"),
]
