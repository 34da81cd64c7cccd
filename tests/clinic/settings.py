"""The settings of the clinic as the tests use them: real, but for slow passwords and file names."""

import os
import tempfile

from isocourse.clinic.project import environment

os.environ.setdefault(environment.DATA, tempfile.mkdtemp(prefix="isocourse-tests-"))
os.environ.update(
    {
        environment.SESSION: "session key of the tests, and of nothing else, long enough to be one",
        environment.CHAIN: "chain key of the tests, and of nothing else, long enough to be one",
        environment.INDEX: "index key of the tests, and of nothing else, long enough to be one",
        environment.DATA_KEYS: "t1:c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBieXRlcyE=",
        environment.HOSTS: "testserver,localhost,127.0.0.1",
    }
)

from isocourse.clinic.project.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MIDDLEWARE = [each for each in MIDDLEWARE if "whitenoise" not in each]  # noqa: F405
