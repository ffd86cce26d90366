"""The addresses of the directories, below /can-bo/danh-ba/."""

from django.urls import path

from vssid.web.officer.directories import views

urlpatterns = [
    path("", views.directories, name="directories"),
    path("<slug:directory>/", views.directory, name="directory"),
    path("<slug:directory>/tai-ve.csv", views.download, name="directory_download"),
    path("<slug:directory>/tep/<uuid:file>/", views.report, name="directory_report"),
    path("<slug:directory>/tep/<uuid:file>/bao-cao.csv", views.report_csv, name="directory_csv"),
]
