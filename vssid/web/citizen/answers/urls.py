"""The addresses of frequent questions and of the assistant."""

from django.urls import URLPattern, path

from vssid.web.citizen.answers import chat, questions

urlpatterns: list[URLPattern] = [
    path("ho-tro/cau-hoi-thuong-gap/", questions.topics, name="questions"),
    path("ho-tro/cau-hoi-thuong-gap/<slug:question>/", questions.question, name="question"),
    path(
        "ho-tro/cau-hoi-thuong-gap/<slug:question>/danh-gia/", questions.rate, name="question-rate"
    ),
    path("ho-tro/tro-ly/", chat.chat, name="assistant"),
    path("ho-tro/tro-ly/xoa/", chat.end, name="assistant-end"),
]
