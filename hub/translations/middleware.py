"""Turns a refusal into a message, whatever view tried to publish."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from wagtail.admin import messages

from .refusal import PublishingRefused

API_PREFIX = "/admin/api/"


class RefusedPublishingMiddleware:
    """The request's transaction has been rolled back when this is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, PublishingRefused):
            return None
        if request.path_info.startswith(API_PREFIX):
            return JsonResponse({"detail": exception.reason}, status=409)
        messages.error(request, exception.reason)
        url = reverse("wagtailadmin_pages:edit", args=[exception.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What the window of a workflow action understands: go there.
            return JsonResponse({"step": "success", "redirect": url})
        return redirect(url)
