"""The addresses of news, and what search engines ask for."""

from django.urls import path

from vssid.web.citizen.news import search_engines, views

urlpatterns = [
    path("tin-tuc/", views.news, name="news"),
    path("tin-tuc/atom.xml", views.feed, name="news-feed"),
    path("tin-tuc/anh/<uuid:picture>.jpg", views.picture, name="news-picture"),
    path("tin-tuc/anh/<uuid:picture>-nho.jpg", views.small_picture, name="news-picture-small"),
    path("tin-tuc/<slug:slug>/", views.article, name="news-article"),
    path("sitemap.xml", search_engines.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", search_engines.sitemap_part, name="sitemap-part"),
    path("robots.txt", search_engines.robots, name="robots"),
]
