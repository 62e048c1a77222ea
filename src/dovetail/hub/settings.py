"""Django's settings of the ready-made project, made from the hub's configuration and the environment."""

import dovetail
from dovetail.core.sources import Sources
from dovetail.hub.database import database_settings
from dovetail.hub.home import configuration_file, read_secret_key
from dovetail.hub.options import HubSettings, language_name

DOVETAIL_FILE = configuration_file()
_folder = DOVETAIL_FILE.parent
_hub = HubSettings.read(Sources.from_environment(file=DOVETAIL_FILE))

SECRET_KEY = read_secret_key(_folder / _hub.secret_key_file)
DEBUG = False
ALLOWED_HOSTS = _hub.allowed_hosts
ROOT_URLCONF = "dovetail.hub.urls"
WSGI_APPLICATION = "dovetail.hub.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *dovetail.apps("hub", *(f"services.{service}" for service in _hub.services)),
    *_hub.apps,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dovetail.hub.security.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "dovetail.integrations.middleware.IntegrationsMiddleware",
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
            ]
        },
    }
]
DATABASES = {"default": database_settings(_hub.database, _folder)}
TASKS = {"default": {"BACKEND": "dovetail.jobs.engine.EngineBackend"}}

PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # how long a sign-in link can be used
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

USE_TZ = True
TIME_ZONE = _hub.time_zone
LANGUAGE_CODE = _hub.language
# Only these: with all of Django's a page would be half in the visitor's language and say that it is all in it.
LANGUAGES = [(code, language_name(code)) for code in dict.fromkeys((_hub.language, *_hub.languages))]
STATIC_URL = "/static/"
# The files are served from the packages: nothing to collect, nothing to forget after an update.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "dovetail.ui.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _hub.behind_https
SECURE_HSTS_SECONDS = 3600 if _hub.behind_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _hub.behind_https else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"brief": {"()": "dovetail.hub.logs.BriefRefusals"}},
    "handlers": {"console": {"class": "dovetail.core.output.LogHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": _hub.log_level},
    "loggers": {
        "django.request": {"filters": ["brief"]},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
