"""The addresses of petitions, below /ho-tro/phan-anh/."""

from django.urls import URLPattern, URLResolver, include, path

from vssid.web.citizen.support import following, petitions, reporting, writing

_followed: list[URLPattern | URLResolver] = [
    path("", following.petition, name="petition-followed"),
    path("danh-gia/", following.rate, name="followed-rate"),
    path("dong/", following.withdraw, name="followed-withdraw"),
    path("thoat/", following.leave, name="followed-leave"),
    path("tep/<uuid:paper>/", following.paper, name="followed-paper"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("ho-tro/phan-anh/", petitions.petitions, name="petitions"),
    path("ho-tro/phan-anh/viet/", writing.write, name="petition-write"),
    path("ho-tro/phan-anh/theo-doi/", following.follow, name="petition-follow"),
    path("ho-tro/phan-anh/theo-doi/<slug:code>/", include(_followed)),
    path("ho-tro/phan-anh/bao-sai-sot/", reporting.report, name="report"),
    path("ho-tro/phan-anh/<slug:code>/", petitions.petition, name="petition"),
    path("ho-tro/phan-anh/<slug:code>/danh-gia/", petitions.rate, name="petition-rate"),
    path("ho-tro/phan-anh/<slug:code>/dong/", petitions.withdraw, name="petition-withdraw"),
    path("ho-tro/phan-anh/<slug:code>/tep/<uuid:paper>/", petitions.paper, name="petition-paper"),
]
