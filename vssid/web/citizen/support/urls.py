"""The addresses of petitions, below /ho-tro/phan-anh/."""

from django.urls import path

from vssid.web.citizen.support import petitions, reporting

urlpatterns = [
    path("ho-tro/phan-anh/", petitions.petitions, name="petitions"),
    path("ho-tro/phan-anh/bao-sai-sot/", reporting.report, name="report"),
    path("ho-tro/phan-anh/<slug:code>/", petitions.petition, name="petition"),
    path("ho-tro/phan-anh/<slug:code>/dong/", petitions.withdraw, name="petition-withdraw"),
    path("ho-tro/phan-anh/<slug:code>/tep/<uuid:paper>/", petitions.paper, name="petition-paper"),
]
