"""Tests: fast hashes, memory database unless a server is named, own index folder."""

import atexit
import shutil
import tempfile

from .base import *

SECRET_KEY = "test"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
# Each test process has a folder of its own, or parallel writers meet one index lock.
_TEST_DIR = Path(tempfile.mkdtemp(prefix="drehscheibe-test-"))
atexit.register(shutil.rmtree, _TEST_DIR, ignore_errors=True)
MEDIA_ROOT = _TEST_DIR / "media"
SEARCH["INDEX_DIR"] = _TEST_DIR / "index"
SEARCH["STAMP_SECONDS"] = 3600  # tests/conftest.py looks again before each test
SEARCH["MEANING"] = "off"  # tests that need a model name one
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
AXES_ENABLED = False
HUB_DEMO = True
