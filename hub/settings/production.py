"""Production: everything that must be decided comes from the environment."""

from django.core.exceptions import ImproperlyConfigured

from .base import *

DEBUG = False
SECRET_KEY = env.str("HUB_SECRET_KEY")
ALLOWED_HOSTS = env.list("HUB_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
if env.bool("HUB_DEMO", default=False):
    raise ImproperlyConfigured("HUB_DEMO: invented entries never run in production.")

STATIC_ROOT = Path(env.str("HUB_STATIC_DIR", default=str(STATIC_ROOT)))
DATABASES["default"]["CONN_MAX_AGE"] = env.int("HUB_DB_SECONDS", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# All processes share one cache, or each would count its visitors for itself. A table of
# the database does (manage.py createcachetable); redis:// when there is one.
CACHES = {"default": env.cache_url("HUB_CACHE_URL", default="dbcache://hub_cache")}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("HUB_SSL_REDIRECT", default=True)
# Asked from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("HUB_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
EMAIL_CONFIG = env.email_url("HUB_EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)

HUB_LINKS_PER_TICK = env.int("HUB_LINKS_PER_TICK", default=25)

# Frames of our own pages are how Wagtail shows previews.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

LOGGING["formatters"]["line"] = {"()": "hub.logs.JsonFormatter"}
