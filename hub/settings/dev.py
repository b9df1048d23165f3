"""Development: a bare machine, SQLite, the embedded engine, mail into files."""

from .base import *

DEBUG = env.bool("HUB_DEBUG", default=True)
SECRET_KEY = "development-only-and-never-in-production"  # noqa: S105
ALLOWED_HOSTS = ["*"]
INTERNAL_IPS = ["127.0.0.1"]
HUB_DEMO = env.bool("HUB_DEMO", default=True)

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
VAR_DIR.mkdir(parents=True, exist_ok=True)
