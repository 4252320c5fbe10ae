"""The one settings file; what differs from machine to machine is read from the environment."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from config.environment import (
    read_bool,
    read_cache,
    read_choice,
    read_database,
    read_folder,
    read_hosts,
    read_int,
    read_mail,
    read_secret_key,
)
from config.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = read_folder("DATA_DIR", BASE_DIR / "var")

DEBUG = read_bool("DEBUG")
SECRET_KEY = read_secret_key(DATA_DIR / "secret_key")
ALLOWED_HOSTS = read_hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
# Behind a proxy that ends TLS: HTTPS=1 makes cookies secure, redirects and sends HSTS.
HTTPS = read_bool("HTTPS")
# How many proxies of our own stand before it, each adding to X-Forwarded-For.
PROXIES = read_int("PROXIES", 1 if HTTPS else 0, most=8)
# For operators: a line of the log for each answer, in which form, and Prometheus' /metrics.
ACCESS_LOG = read_bool("ACCESS_LOG")
LOG_FORMAT = read_choice("LOG_FORMAT", ("line", "json"))
METRICS = read_bool("METRICS")
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")

INSTALLED_APPS = [
    "config.apps.OperatorConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "template_partials",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "knowledge",
    "quiz",
    "authoring",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.request_size",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "quiz.visitors.learner_cookie",
    "knowledge.failures.DatabaseFailureMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
if PROXIES:
    MIDDLEWARE.insert(0, "config.middleware.client_address")
if ACCESS_LOG:
    MIDDLEWARE.insert(0, "config.logs.AccessLogMiddleware")
if METRICS:
    INSTALLED_APPS.append("django_prometheus")
    MIDDLEWARE = [
        "django_prometheus.middleware.PrometheusBeforeMiddleware",
        *MIDDLEWARE,
        "django_prometheus.middleware.PrometheusAfterMiddleware",
    ]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "config.templates.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "knowledge.context.site",
            ],
        },
    }
]

DATABASES = {"default": read_database(DATA_DIR / "outgraph.sqlite3")}
_default = DATABASES["default"]
_default["CONN_MAX_AGE"] = None
_default["CONN_HEALTH_CHECKS"] = True
if _default["ENGINE"] == "django.db.backends.sqlite3":
    _default["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
            "PRAGMA mmap_size=268435456; PRAGMA cache_size=-32000;"
            "PRAGMA journal_size_limit=67108864"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": read_cache()}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
# What a page loads, in this order; `prepare` makes one file of each (knowledge/bundling.py).
STYLES = [
    f"css/{name}.css"
    for name in ("tokens", "page", "parts", "outline", "progress", "own", "quiz", "map", "print")
]
SCRIPTS = [
    f"js/{name}.js"
    for name in (
        "quiz", "arrange", "clock", "navigation", "palette", "keys", "notes", "index",
        "preferences", "map",
    )
]  # fmt: skip
BUNDLE_DIR = DATA_DIR / "bundle"
BUNDLE_DIR.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static", BUNDLE_DIR]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# The ways that every page's header shows (knowledge/navigation.py): word, URL, keys, and whether
# the address begins with an outline's.
NAVIGATION = [
    ("Map", "knowledge:map", "g m", True),
    ("Quiz", "quiz:start", "g q", True),
    ("Reviews", "quiz:review", "g r", True),
    ("Exam", "quiz:exam", "g e", True),
    ("Progress", "quiz:progress", "g p", True),
    ("Outlines", "knowledge:outlines", "g o", False),
    ("Settings", "quiz:settings", "g s", False),
]
# Modules that add a learner's state to knowledge's pages (knowledge/additions.py).
PAGE_ADDITIONS: list[str] = [
    "quiz.learner_additions",
    "quiz.additions",
    "quiz.note_additions",
    "authoring.additions",
]

# Whether the questions of an outline are made by a process of its own when they are missing.
STOCK_IN_BACKGROUND = read_bool("STOCK_IN_BACKGROUND", True)

# Where bundled packs lie, and how large an outline may be (bytes).
PACKS_DIR = BASE_DIR / "knowledge" / "packs"
OUTLINE_MAX_BYTES = read_int("OUTLINE_MAX_BYTES", 256 * 1024 * 1024, least=1024)

# Own outlines. Sizes in bytes; every limit has its sentence in authoring/.
UPLOAD_MAX_BYTES = read_int("UPLOAD_MAX_BYTES", 4 * 1024 * 1024, least=1024)
UPLOAD_MAX_FILES = read_int("UPLOAD_MAX_FILES", 2000, least=1)
UPLOAD_MAX_RATIO = read_int("UPLOAD_MAX_RATIO", 100, least=1)
UPLOADS_PER_HOUR = read_int("UPLOADS_PER_HOUR", 60, least=1)
QUIZZES_PER_HOUR = read_int("QUIZZES_PER_HOUR", 120, least=1)
OUTLINES_PER_READER = read_int("OUTLINES_PER_READER", 30, least=1)
VERSIONS_KEPT = read_int("VERSIONS_KEPT", 20)
DELETED_KEPT_DAYS = read_int("DELETED_KEPT_DAYS", 30)
UPLOAD_KEPT_HOURS = 48
# Addresses are shared by classes, so what one address may do is far more than what one reader may.
PER_ADDRESS = read_int("PER_ADDRESS", 20, least=1)
# Larger uploads are read and loaded by a worker; WORKER=0 where one runs apart from the server
# (manage.py work_uploads), WORKER=1 to have the server start one when it is needed.
UPLOAD_AT_ONCE_BYTES = read_int("UPLOAD_AT_ONCE_BYTES", 256 * 1024)
START_WORKER = read_bool("WORKER", True)
UPLOAD_ATTEMPTS = 3
UPLOAD_STALLED_SECONDS = read_int("UPLOAD_STALLED_SECONDS", 300, least=1)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["uploads"]}}
# What a request may hold at most; Django asks this of all but files, config/middleware.py of both.
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_MAX_BYTES + 64 * 1024
REQUEST_MAX_BYTES = 4 * UPLOAD_MAX_BYTES + 64 * 1024
# A learner's own export may be larger (quiz/importing.py).
REQUEST_MAX_BYTES_AT = {"/settings/load/": 257 * 1024 * 1024}
DATA_UPLOAD_MAX_NUMBER_FILES = min(UPLOAD_MAX_FILES, 2000)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# Asked for with each answer; a setting that isn't there is a slow miss.
CONTENT_SECURITY_POLICY_REPORT_ONLY: dict[str, object] = {}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_COOKIE_AGE = 60 * 24 * 3600
if HTTPS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    # Those who ask for health stand inside the proxy.
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Accounts (docs/decisions/0012-accounts.md). Without a mail server nothing is ever sent.
_mail = read_mail()
MAIL = bool(_mail)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
globals().update(_mail)
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or "outgraph@localhost"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "quiz.accounts.backends.EmailBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "quiz.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"signup": "quiz.accounts.forms.JoinForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional" if MAIL else "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,20/10m/key"}
MFA_ADAPTER = "quiz.accounts.adapter.PasskeyAdapter"
MFA_FORMS = {
    "add_webauthn": "quiz.accounts.forms.AddPasskeyForm",
    "login_webauthn": "quiz.accounts.forms.PasskeySignInForm",
}
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "quiz.accounts.backends.attempted_email"
AXES_LOCKOUT_CALLABLE = "quiz.accounts.backends.locked_out"
AXES_RESET_ON_SUCCESS = True
# What forms hold is never kept with an attempt.
AXES_SENSITIVE_PARAMETERS = [
    "username", "ip_address", "login", "email", "password1", "password2", "oldpassword",
    "credential", "csrfmiddlewaretoken", "next",
]  # fmt: skip
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

LOGGING = logging_settings(LOG_FORMAT)
