"""Routes of the network page that lead to one's own data; what they show is in views."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy

from wagtail.contrib.routable_page.models import path

from network import words


def _below(*parts: Any) -> Any:
    return format_lazy("{}/" * len(parts), *parts)


class PrivacyRoutes:
    """Invitation and self-service. No account: a mailed link opens the door."""

    @path(_below(words.MY_DATA), name="own_data")
    def own_data(self, request: HttpRequest) -> HttpResponse:
        from network.privacy import views

        return views.ask(self, request)

    @path(_below(words.MY_DATA, words.LINK, "<str:token>"), name="own_data_link")
    def own_data_link(self, request: HttpRequest, token: str) -> HttpResponse:
        from network.privacy import views

        return views.opening(self, request, token)

    @path(_below(words.MY_DATA, words.ENTRY), name="own_data_entry")
    def own_data_entry(self, request: HttpRequest) -> HttpResponse:
        from network.privacy import views

        return views.entry(self, request)

    @path(_below(words.MY_DATA, words.PRINT), name="own_data_print")
    def own_data_print(self, request: HttpRequest) -> HttpResponse:
        from network.privacy import views

        return views.everything(self, request)

    @path(_below(words.MY_DATA, words.ERASE), name="own_data_erase")
    def own_data_erase(self, request: HttpRequest) -> HttpResponse:
        from network.privacy import views

        return views.erase(self, request)

    @path(_below(words.MY_DATA, words.GONE), name="own_data_gone")
    def own_data_gone(self, request: HttpRequest) -> HttpResponse:
        from network.privacy import views

        return views.gone(self, request)

    @path(_below(words.INVITATION, "<str:token>"), name="invitation")
    def invitation(self, request: HttpRequest, token: str) -> HttpResponse:
        from network.privacy import invitation_views

        return invitation_views.answer(self, request, token)
