"""Light, dark or as the system says: a cookie that the server reads."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE = "darstellung"
THEMES = {"hell": "light", "dunkel": "dark"}
YEAR = 365 * 24 * 60 * 60


def theme(request: HttpRequest) -> str:
    """The chosen theme as the style sheets know it; empty: the system decides."""
    return THEMES.get(request.COOKIES.get(COOKIE, ""), "")


# A forged request could only change light and dark, and a token on every page would
# set a cookie on every visitor.
@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the choice and go back to where it was made."""
    target = request.POST.get("weiter", "/")
    if not url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target, status=303)
    choice = request.POST.get(COOKIE, "")
    if choice in THEMES:
        response.set_cookie(
            COOKIE, choice, max_age=YEAR, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
