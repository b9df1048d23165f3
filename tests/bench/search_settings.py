"""Settings of the search benchmark: production's, with everything off that would hide
work (caches), refuse it (rate limits) or need a proxy (TLS)."""

import os

os.environ.setdefault("HUB_SECRET_KEY", "benchmark-only-and-never-in-production")
os.environ.setdefault("HUB_ALLOWED_HOSTS", "127.0.0.1")
os.environ["HUB_DEMO"] = "0"

from hub.settings.production import *  # noqa: F403

#: Pages are measured without a cache; what only prepares them has one.
_BACKEND = "locmem.LocMemCache" if os.environ.get("BENCH_CACHE") else "dummy.DummyCache"
CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{_BACKEND}"}}
HUB_RATE_LIMITS = {}
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
ROOT_URLCONF = "tests.bench.search_baseline"
