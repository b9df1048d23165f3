"""Which hit was followed: told by the browser with ``sendBeacon``, without who it was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from . import events


# No cookie and no form token is involved: a request can do nothing but say which place
# was clicked on a page whose lot number it knows. Another site cannot know one.
@csrf_exempt
@require_POST
def click(request: HttpRequest) -> HttpResponse:
    """Take note of a click; the answer is always empty."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        events.record_click(
            request.POST.get("seite", ""), request.POST.get("platz", "")
        )
    return HttpResponse(status=204)
