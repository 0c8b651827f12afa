"""The settings of every environment; only environment variables differ.

What is not safe by default has no default: a server that forgets something does not start.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()  # SECRET_KEY_FILE=… works as well as SECRET_KEY=…

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = env.bool("DEBUG", default=False)
TESTING = env.bool("TESTING", default=False)  # set by dev.py test, never on a server
# The gallery of components and the like: never on a server.
DEVELOPER_PAGES = DEBUG or (TESTING and env.bool("DEVELOPER_PAGES", default=False))


def needed(name, in_development):
    """A setting that a real site cannot do without, and its stand-in for development."""
    if DEBUG or TESTING:
        return env(name, default=in_development)
    if value := env(name, default=""):
        return value
    raise ImproperlyConfigured(f"{name} must be set (or DEBUG=1 for development).")


SECRET_KEY = needed("SECRET_KEY", "only-for-development")
ALLOWED_HOSTS = needed("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CONTACT_EMAIL = needed("CONTACT_EMAIL", "info@kennispunt.example")
CONTACT_PHONE = env("CONTACT_PHONE", default="088 000 00 00" if DEBUG else "")
CONTACT_HOURS = env("CONTACT_HOURS", default="maandag tot en met donderdag van 9.00 tot 17.00 uur")
SITE_URL = env("SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}")
if DEBUG:
    SITE_URL = env("SITE_URL", default=f"http://localhost:{env('PORT', default='8000')}")

# To be eligible a party must meet both criteria of the source text ("and"), not just one ("or").
ELIGIBILITY_NEEDS_BOTH = env("ELIGIBILITY_CRITERIA", default="and") == "and"

# The architecture: imports and foreign keys go down, never up or sideways.
LAYERS = [
    ["website", "desk"],
    ["wishes"],
    ["trainings"],
    ["parties"],
    ["knowledge", "outreach", "signpost"],
    ["pages"],
    ["elections"],
    ["facts"],
    ["office"],
    ["accounts"],
    ["files", "mail", "pagecache", "search"],
    ["limits"],
    ["ui"],
]

INSTALLED_APPS = [
    *(f"kennispunt.{app}" for layer in LAYERS for app in layer),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "kennispunt.accounts.back_office.UsersConfig",  # wagtail.users, with our forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "kennispunt.pagecache.middleware.cached_pages",  # compresses too
    "kennispunt.website.middleware.health_by_any_name",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kennispunt.website.middleware.permissions_policy",
    "csp.middleware.CSPMiddleware",
    "kennispunt.website.middleware.back_office_policy",
    "kennispunt.ui.middleware.without_nul",
    "kennispunt.accounts.back.back_works",  # outside what says Vary: Cookie
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kennispunt.pagecache.middleware.cached_pages_with_a_session",
    "allauth.account.middleware.AccountMiddleware",
    "kennispunt.accounts.unfinished.short_until_signed_in",
    "kennispunt.accounts.twice.done_once",
    "kennispunt.accounts.typed.typed_text",
    "kennispunt.accounts.middleware.signed_in_pages",
    "kennispunt.accounts.middleware.second_factor_for_staff",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "kennispunt.urls"
WSGI_APPLICATION = "kennispunt.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kennispunt.ui.contact.contact",
                "kennispunt.website.menu.menu",
            ],
        },
    },
]

FORM_RENDERER = "kennispunt.ui.forms.FormRenderer"

# --- Database ---------------------------------------------------------------------------------

DATABASE_URL = env("DATABASE_URL", default=f"sqlite:///{BASE_DIR}/var/db.sqlite3")
try:
    if not DATABASE_URL.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise ValueError
    DATABASES = {"default": env.db_url_config(DATABASE_URL)}
except ValueError:
    raise ImproperlyConfigured(
        "DATABASE_URL must look like postgres://user:password@host:5432/name or sqlite:///path."
    ) from None
DATABASES["default"]["CONN_MAX_AGE"] = 60
if DATABASE_URL.startswith("sqlite"):
    Path(DATABASES["default"]["NAME"]).parent.mkdir(exist_ok=True)  # var/ of a fresh clone
    # IMMEDIATE and WAL: no "database is locked" in 2,000 competing writes (docs/decisions).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA busy_timeout=20000;PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY;"
        "PRAGMA mmap_size=134217728;"
        "PRAGMA secure_delete=ON;"  # what is forgotten is not left in freed pages
        "PRAGMA cache_size=-16000;PRAGMA journal_size_limit=67108864;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def cache_of(name, default):
    """The cache at this address. One that machines share may go away: the site goes on without."""
    cache = env.cache(name) if env(name, default="") else default
    if cache["BACKEND"].endswith("RedisCache"):
        cache["BACKEND"] = "kennispunt.pagecache.shared.SharedCache"
    return cache


LOCMEM = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {"default": cache_of("CACHE_URL", {"BACKEND": LOCMEM})}

# --- Public pages, kept ready to send (docs/decisions) ------------------------------------------

PAGE_CACHE = env.bool("PAGE_CACHE", default=not DEBUG and not TESTING)
# How long another process may still show what was there before a change.
PAGE_CACHE_SECONDS = env.float("PAGE_CACHE_SECONDS", default=1.0)
CACHES["pages"] = cache_of(
    "PAGE_CACHE_URL",
    {  # of each process; three entries a page, some 25 MB
        "BACKEND": LOCMEM,
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1500},
    },
)

# --- People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:mine"
ACCOUNT_ADAPTER = "kennispunt.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # who changes a way to sign in is told so, by mail
MFA_ADAPTER = "kennispunt.accounts.adapter.SecondFactorAdapter"
ACCOUNT_FORMS = {
    "add_email": "kennispunt.accounts.forms.NewAddressForm",
    "confirm_email_verification_code": "kennispunt.accounts.forms.AddressCodeForm",
    "confirm_login_code": "kennispunt.accounts.forms.LoginCodeForm",
    "login": "kennispunt.accounts.forms.LoginForm",
    "reset_password": "kennispunt.accounts.forms.ForgottenForm",
    "signup": "kennispunt.accounts.forms.SignupForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]  # a password is for who wants one, later
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True  # the same answer for an address with and without account
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# Who was erased, as fingerprints; outside the database, so that a restore does not undo it.
ERASURES_FILE = Path(env("ERASURES_FILE", default=str(BASE_DIR / "var" / "erasures")))
BACKUP_DAYS = env.int("BACKUP_DAYS", default=30)  # the oldest copy that could come back
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "kennispunt.accounts.forms.PasskeyForm",
    "activate_totp": "kennispunt.accounts.forms.AppForm",
    "authenticate": "kennispunt.accounts.forms.SecondStepForm",
    "reauthenticate": "kennispunt.accounts.forms.OnceMoreForm",
}
MFA_TOTP_ISSUER = "Kennispunt"
MFA_TOTP_TOLERANCE = 1  # a phone may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or TESTING
if TESTING:
    # A slow hash keeps thieves out; the people in our tests have nothing to steal.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# --- Mail -------------------------------------------------------------------------------------

# smtp+tls://user:password@host:587, or EMAIL_PROVIDER=postmark (any name of django-anymail) with
# its settings as ANYMAIL_…. In development nothing leaves the machine: mails are read at /mail/.
EMAIL_PROVIDER = env("EMAIL_PROVIDER", default="")
ANYMAIL = {"IGNORE_UNSUPPORTED_FEATURES": True} | {  # a mail goes out, if need be without extras
    name.removeprefix("ANYMAIL_"): env(name)
    for name in {given.removesuffix("_FILE") for given in env.ENVIRON}
    if name.startswith("ANYMAIL_")
}
if EMAIL_PROVIDER:
    EMAIL_BACKEND = f"anymail.backends.{EMAIL_PROVIDER}.EmailBackend"
else:
    vars().update(env.email_url_config(needed("EMAIL_URL", "dummymail://")))
EMAIL_TIMEOUT = 20  # seconds, to find the mail server
# And then what RFC 5321, 4.5.3.2 gives it: for each answer, and for the one to the whole message.
MAIL_PATIENCE, MAIL_PATIENCE_AFTER_DATA = 300, 600
MAIL_STILL_BUSY = 30  # so often a worker that waits says that it lives
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default=CONTACT_EMAIL)  # answers come back here
MAIL_SENDER_NAME = "Kennispunt"
# Answers come in at antwoord+…@domain, or with "@domain" at any name of a domain of their own.
MAIL_IN_ADDRESS = env("MAIL_IN_ADDRESS", default="")
if DEBUG or TESTING:
    MAIL_IN_ADDRESS = env("MAIL_IN_ADDRESS", default="antwoord@kennispunt.example")
MAIL_AUTHSERV_ID = env("MAIL_AUTHSERV_ID", default="")  # whose Authentication-Results we believe
IMAP_URL = env("IMAP_URL", default="")  # imaps://user:password@host/INBOX
# One provider may bring mail at /mail/binnen/NAME/, and say at /mail/gemeld/NAME/ what did not
# arrive, with the password ANYMAIL_WEBHOOK_SECRET.
MAIL_WEBHOOK_PROVIDER = env("MAIL_WEBHOOK_PROVIDER", default="")

# --- Language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# --- Work that runs by itself -----------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# A page says "Wij kijken dit opnieuw na" this long after the day it was to be checked again.
OVERDUE_AFTER_DAYS = env.int("OVERDUE_AFTER_DAYS", default=30)

# The clock looks at links to other sites. Not by itself on a developer's machine.
CHECK_LINKS = env.bool("CHECK_LINKS", default=not DEBUG)

# What a new site begins with, in this order (manage.py load_starter).
STARTER_COMMANDS = [
    "load_facts",
    "load_areas",
    "load_content",
    "load_signpost",
    "load_griffiers",
    "load_trainings",
    "load_synonyms",
    "rebuild_search",
]

# --- Files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media")))
PRIVATE_ROOT = Path(env("PRIVATE_ROOT", default=str(BASE_DIR / "var" / "private")))
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What people send us: beside the media folder, which a web server may show.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A store that several machines share. The bucket is private: all passes through the site. Not in
# STORAGES: Wagtail writes the options there into the database, with each file that must go.
S3 = {
    "bucket_name": env("S3_BUCKET", default=""),
    "endpoint_url": env("S3_ENDPOINT_URL", default=None),
    "region_name": env("S3_REGION", default=None),
    "access_key": env("S3_ACCESS_KEY", default=None),
    "secret_key": env("S3_SECRET_KEY", default=None),
    "addressing_style": env("S3_ADDRESSING_STYLE", default="auto"),
    "signature_version": "s3v4",
    "file_overwrite": False,
}
IN_BUCKET = {
    name: {"BACKEND": "kennispunt.files.bucket.Bucket", "OPTIONS": {"location": folder}}
    for name, folder in (("default", "media"), ("private", "private"))
}
if S3["bucket_name"]:
    STORAGES |= IN_BUCKET
if DEBUG or TESTING:
    # collectstatic takes half a minute: development and tests serve from where the files are.
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    WHITENOISE_USE_FINDERS = True
    # Looked up when asked for: every test client would read all static files of all packages.
    WHITENOISE_AUTOREFRESH = True
if TESTING:
    STORAGES["private"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}

# What people send us (kennispunt/files).
FILES_MAX_MEGABYTES = env.int("FILES_MAX_MEGABYTES", default=10)
FILES_MAX_COUNT = env.int("FILES_MAX_COUNT", default=5)  # in one form
FILES_A_DAY = env.int("FILES_A_DAY", default=30)  # by one person
FILES_A_DAY_MEGABYTES = env.int("FILES_A_DAY_MEGABYTES", default=60)
FILES_MAX_PIXELS = 50_000_000
FILES_PICTURE_EDGE = 2560  # pictures are made no larger than this
FILE_UPLOAD_HANDLERS = [
    "kennispunt.files.handlers.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 20
CLAMD_URL = env("CLAMD_URL", default="")  # tcp://host:3310 or unix:///run/clamav/clamd.ctl

# --- The back office --------------------------------------------------------------------------

WAGTAIL_PAGE_MODEL = "pages.BasePage"  # docs/decisions/0002
WAGTAIL_SITE_NAME = "Kennispunt"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands")]
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("nl", "Nederlands")]
WAGTAIL_ENABLE_UPDATE_CHECK = False  # nothing is asked of other hosts
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILUSERS_PASSWORD_ENABLED = False  # who wants one makes one, at /account/
WAGTAIL_PASSWORD_RESET_ENABLED = False  # signing in is the business of accounts
WAGTAIL_FRONTEND_LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "/account/login/"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = []  # a document is saved, never shown as a page of ours
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "kennispunt.files.editors.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = FILES_MAX_MEGABYTES * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = FILES_MAX_PIXELS
WAGTAILIMAGES_IMAGE_FORM_BASE = "kennispunt.files.editors.ImageForm"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- Safety -----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
# Wagtail's editor writes style attributes, small scripts and blob previews of its own, and shows
# the page that is edited in a frame.
BACK_OFFICE_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # Wagtail lifts it for its own previews
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kennispunt.website.errors.csrf_failure"
if not DEBUG and not TESTING:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^gezond/(werk/)?$"]  # load balancers ask it over plain http
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessie"
    CSRF_COOKIE_NAME = "__Host-csrf"
    # How many proxies of our own stand in front, each of which adds to X-Forwarded-For. The first
    # sets X-Forwarded-Proto itself on every request, or anybody could (docs/operations.md).
    if PROXIES := env.int("BEHIND_PROXY", default=0):
        ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Logs: no query strings, no addresses of visitors ------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "kennispunt.ui.logs.OneLine",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # "Not Found: /path" of every robot that tries a door tells us nothing.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Each tells what it tries on every message that comes in.
        "flufl.bounce": {"level": "CRITICAL"},
        "tnefparse": {"level": "CRITICAL"},
    },
}
