"""The addresses of the editors, below /can-bo/tin-tuc/."""

from django.urls import path

from vssid.web.officer.news import views

urlpatterns = [
    path("", views.articles, name="news"),
    path("moi/", views.write, name="news_write"),
    path("<uuid:article_id>/", views.article, name="news_article"),
    path("<uuid:article_id>/go-xuong/", views.withdraw, name="news_withdraw"),
    path("<uuid:article_id>/anh/", views.add_picture, name="news_add_picture"),
    path("<uuid:article_id>/anh/<uuid:picture>.jpg", views.picture, name="news_picture"),
    path("<uuid:article_id>/anh/<int:number>/bo/", views.drop_picture, name="news_drop_picture"),
    path("<uuid:article_id>/ban/<int:number>/", views.version, name="news_version"),
]
