"""The settings of the clinic. Nothing secret stands here: see `environment`."""

from datetime import timedelta

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.project import environment, mail

SECRETS = environment.read_secrets()
DEMONSTRATION = environment.demonstration()
DATA_FOLDER = environment.data_folder()

DEBUG = False
SECRET_KEY = SECRETS.session
ALLOWED_HOSTS = environment.hosts()
ROOT_URLCONF = "isocourse.clinic.project.urls"
WSGI_APPLICATION = "isocourse.clinic.project.wsgi.application"
DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "isocourse.clinic.looks",
    "isocourse.clinic.people",
    "isocourse.clinic.log",
    "isocourse.clinic.access",
    "isocourse.clinic.worklist",
    "isocourse.clinic.courses",
    "isocourse.clinic.supply",
    "isocourse.clinic.visits",
    "isocourse.clinic.prescribing",
    "isocourse.clinic.forecasts",
    "isocourse.clinic.administration",
    "isocourse.clinic.portal",
    "isocourse.clinic.patients",
    "isocourse.clinic.reminders",
    "isocourse.clinic.letters",
    "isocourse.clinic.demonstration",
    "isocourse.clinic.hooks",
    "isocourse.clinic.fhir",
    "isocourse.clinic.launch",
    "isocourse.clinic.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
]

PROXIES = environment.proxies()
MIDDLEWARE = [
    "isocourse.clinic.project.proxies.whence",
    "isocourse.clinic.project.requests.told",
    "isocourse.clinic.project.requests.kept_nowhere",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "isocourse.clinic.project.health.by_any_name",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "isocourse.clinic.people.sessions.expiring",
    "isocourse.clinic.portal.needing.kept_apart",
    "isocourse.clinic.people.sessions.second_factor_first",
    "axes.middleware.AxesMiddleware",
    "isocourse.clinic.launch.framing.framed",
]

FILE_UPLOAD_HANDLERS = [
    "isocourse.clinic.visits.digesting.Digesting",
    "isocourse.clinic.portal.photos.InMemory",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "isocourse.clinic.looks.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "isocourse.clinic.looks.templatetags.marks",
            ],
        },
    }
]

# Who comes in.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["isocourse.clinic.people.passwords.Scrypt"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "isocourse.clinic.people.passwords.NotTooLong"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "isocourse.clinic.people.entrance.Entrance"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "isocourse.clinic.people.entrance.displayed"
MFA_ADAPTER = "isocourse.clinic.people.entrance.SecondFactor"
MFA_FORMS = {
    "authenticate": "isocourse.clinic.people.factors.Once",
    "reauthenticate": "isocourse.clinic.people.factors.OnceAgain",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "isocourse"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMONSTRATION
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = ["username", ["ip_address", "user_agent"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "isocourse.clinic.people.entrance.name_typed"
AXES_LOCKOUT_CALLABLE = "isocourse.clinic.people.entrance.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_IPWARE_META_PRECEDENCE_ORDER = ["REMOTE_ADDR"]

# What all workers know: codes that were used, and how often somebody guessed.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_kept",
    }
}

# How long a session lasts: without a request, and in all.
SESSION_IDLE = timedelta(minutes=30)
SESSION_LONGEST = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "isocourse.clinic.looks.refusals.forgery"

# What a browser is told.
_ENCRYPTED = not DEMONSTRATION
SECURE_SSL_REDIRECT = _ENCRYPTED
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^ready$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _ENCRYPTED else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _ENCRYPTED
SECURE_HSTS_PRELOAD = _ENCRYPTED
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _ENCRYPTED
SESSION_COOKIE_NAME = "__Host-session" if _ENCRYPTED else "session"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Words and files.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
USE_TZ = True
FORMAT_MODULE_PATH = ["isocourse.clinic.looks.formats"]
TIME_ZONE = "UTC"
STATIC_URL = "static/"
STATIC_ROOT = DATA_FOLDER / "static"
WHITENOISE_USE_FINDERS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
globals().update(mail.mail())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = mail.sender()
MAIL_IS_SET = mail.is_set()
ADDRESS = mail.address()
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "isocourse.clinic.project.requests.Lines"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {
        "isocourse.clinic": {"level": "INFO"},
        "django.server": {"handlers": ["out"], "propagate": False},
    },
}
