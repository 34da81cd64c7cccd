"""What every command of the clinic does: it loads the application, and tells what stops it."""

import os
from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from isocourse.clinic.project.telling import Told

UNUSABLE = 2


def load() -> None:
    """Load the application. Raises when the extra is not installed or the set-up is not whole."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isocourse.clinic.project.settings")
    import django

    django.setup()


def command(run: Callable[..., None]) -> Callable[..., None]:
    """A command that tells in a sentence what it cannot work with, and ends with status 2.

    What it writes (a database, a backup, an export) is for its own account alone.
    """

    @wraps(run)
    def guarded(*given: Any, **named: Any) -> None:
        usual = os.umask(0o077)
        try:
            run(*given, **named)
        except ModuleNotFoundError as missing:
            if (missing.name or "").partition(".")[0] == "isocourse":
                raise
            stop(f"{missing.name} is not installed. Install isocourse with its extra: clinic.")
        except Told as error:
            stop(str(error))
        except Exception as error:
            _stop_if_django_tells(error)
            raise
        finally:
            os.umask(usual)

    return guarded


def _stop_if_django_tells(error: Exception) -> None:
    """A wrong setting or a database that does not answer is told as well."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    if isinstance(error, ImproperlyConfigured | OperationalError):
        stop(str(error))


def stop(why: str) -> None:
    """Tell why nothing can be done, and end with status 2."""
    typer.echo(why, err=True)
    raise typer.Exit(UNUSABLE)


def bring_up() -> None:
    """Bring the tables up to this release."""
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA_FOLDER.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", interactive=False, verbosity=0)
