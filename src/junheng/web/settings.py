"""Settings of the site. What differs between places comes from JUNHENG_* variables;
the rest is the same everywhere."""

import os
from pathlib import Path

from junheng.web.databases import database
from junheng.web.jobs.unpack import MAX_UPLOAD_BYTES
from junheng.web.operation.log_lines import lines_for
from junheng.web.people.sign_in import factor_roles, providers
from junheng.web.place import home, secret_key

HOME = home()
SECRET_KEY = secret_key(HOME)
DEBUG = False
ALLOWED_HOSTS = [
    name for name in os.environ.get("JUNHENG_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name
]
CSRF_TRUSTED_ORIGINS = [one for one in os.environ.get("JUNHENG_ORIGINS", "").split(",") if one]
IS_HTTPS = os.environ.get("JUNHENG_HTTPS", "") == "1"
DATABASES = {"default": database(os.environ.get("JUNHENG_DATABASE", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "junheng.web.front",
    "junheng.web.audit",
    "junheng.web.people",
    "junheng.web.findings",
    "junheng.web.public",
    "junheng.web.jobs",
    "junheng.web.api",
    "junheng.web.evidence",
    "junheng.web.filing",
    "junheng.web.monitoring",
    "junheng.web.whatif",
    "junheng.web.ledgers",
    "junheng.web.appraisal",
    "junheng.web.sources",
    "junheng.web.clocks",
    "junheng.web.operation",
    "junheng.web.survey",
]
MIDDLEWARE = [
    "junheng.web.operation.request_log.RequestLog",
    "junheng.web.front.policy.ContentPolicy",  # outside all that may answer by itself: refusals carry it too
    "junheng.web.front.plain_text.PlainText",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "junheng.web.front.language.ChosenLanguage",
    "junheng.web.operation.body_limit.BodyLimit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "junheng.web.people.last_seen.LastSeen",
    "junheng.web.people.second_factor.SecondFactor",
]
ROOT_URLCONF = "junheng.web.urls"
WSGI_APPLICATION = "junheng.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "front" / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "junheng.web.front.context.around",
                "junheng.web.people.context.outside",
                "junheng.web.clocks.context.bell",
            ]
        },
    }
]

LANGUAGE_CODE = "zh-hans"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = IS_HTTPS
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = os.environ.get("JUNHENG_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True  # the package's own files, no collecting before the first start

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name", "email")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "junheng.web.people.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "junheng.web.people.adapters.SocialAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("JUNHENG_PROXIES") or 0)  # whose X-Forwarded-For is believed
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",  # lock-out: five wrong words, five minutes
    "survey_code": "30/m/ip",  # wrong codes of a survey: a whole school answers from one address
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "junheng.web.people.adapters.FactorAdapter"
MFA_TOTP_ISSUER = "Junheng"
TWO_FACTOR_ROLES = factor_roles(os.environ)
SOCIALACCOUNT_PROVIDERS = providers(os.environ)
CACHES = {  # what locks out after wrong words is shared by the site's processes
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {
            "MAX_ENTRIES": 20_000
        },  # the default of 300 lets wrong words for many names push a lock out
    }
}
USERSESSIONS_TRACK_ACTIVITY = True

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "junheng.web.front.views.stale_form"
UPLOAD_BYTES = MAX_UPLOAD_BYTES
BODY_BYTES = UPLOAD_BYTES + 10 * 2**20  # with the form around it; deploy/nginx.conf says the same
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DISK_FREE_BYTES = int(os.environ.get("JUNHENG_DISK_FREE_MB") or 500) * 2**20  # less: /health says 503
EVIDENCE_BYTES = int(os.environ.get("JUNHENG_EVIDENCE_MB", "20")) * 2**20  # the largest file kept as evidence
FILE_UPLOAD_HANDLERS = [
    "junheng.web.jobs.limits.LimitHandler",  # what is too large never reaches the disk
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
API_REQUESTS_PER_MINUTE = int(os.environ.get("JUNHENG_API_RATE") or 120)  # of one token; own default
HOOKS_TO_LOOPBACK = False  # webhooks to this machine itself: in tests alone
# Reminders by mail: off unless host and sender are set.
EMAIL_HOST = os.environ.get("JUNHENG_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("JUNHENG_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("JUNHENG_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("JUNHENG_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("JUNHENG_MAIL_TLS", "1") == "1"
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("JUNHENG_MAIL_FROM", "")
SITE_ADDRESS = os.environ.get("JUNHENG_ADDRESS", "").rstrip("/")  # what links in mails begin with
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "junheng.web.operation.log_lines.JsonLines"},
        "plain": {"()": "junheng.web.operation.log_lines.PlainLines"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": lines_for(os.environ.get("JUNHENG_LOG", "")),
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {  # Django's own handlers would mail, or write a second line
        "junheng": {"level": "INFO"},
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"level": "ERROR"},  # what was not found stands in the line of its request
    },
}
