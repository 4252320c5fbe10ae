"""Typed readers of the environment: a bad value stops the start with a sentence that names it."""

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def read_bool(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; it must be 1 or 0.")


def read_int(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.") from None
    if not least <= number <= most:
        raise ImproperlyConfigured(f"{name} is {number}; it must be from {least} to {most}.")
    return number


def read_choice(name: str, choices: tuple[str, ...]) -> str:
    """One of the choices; the first where the variable isn't set."""
    value = os.environ.get(name) or choices[0]
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of: {', '.join(choices)}.")
    return value


def read_list(name: str, default: list[str]) -> list[str]:
    value = os.environ.get(name)
    if value is None:
        return default
    return [part.strip() for part in value.split(",") if part.strip()]


# A host name, an address, or a name that begins with a dot: it and all beneath it.
_HOST = re.compile(r"\*|\.?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\.?|\[[0-9A-Fa-f:.]+\]")


def read_hosts(name: str, default: list[str]) -> list[str]:
    """Names under which the site answers, separated by commas; at least one."""
    hosts = read_list(name, default)
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise ImproperlyConfigured(
                f"{name} holds {host!r}; it must be host names without scheme or port, "
                "separated by commas."
            )
    if not hosts:
        raise ImproperlyConfigured(f"{name} is empty; it must name at least one host.")
    return hosts


def read_folder(name: str, default: Path) -> Path:
    """A folder that can be written, made where it isn't there yet."""
    folder = Path(os.environ.get(name) or default)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ImproperlyConfigured(
            f"{name} is {str(folder)!r}, which can't be made: {problem.strerror}."
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{name} is {str(folder)!r}, where nothing may be written.")
    return folder


def read_database(default_file: Path) -> dict[str, object]:
    """The default database as Django wants it, from DATABASE_URL or a SQLite file."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default_file)}
    scheme = url.partition(":")[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {scheme!r}; it must be sqlite:///FILE or postgresql://…"
        )
    try:
        config = dict(dj_database_url.parse(url))
    except (ValueError, KeyError) as problem:
        raise ImproperlyConfigured(f"DATABASE_URL can't be read: {problem}.") from None
    if not config.get("NAME"):
        raise ImproperlyConfigured("DATABASE_URL names no database.")
    return config


def read_cache() -> dict[str, object]:
    """The default cache as Django wants it, from CACHE_URL: empty (this process) or redis://…"""
    url = os.environ.get("CACHE_URL", "").strip()
    if not url or url == "locmem://":
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 2000},
        }
    if url.startswith(("redis://", "rediss://")):
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    raise ImproperlyConfigured(f"CACHE_URL is {url!r}; it must be empty or begin with redis://.")


def read_secret_key(file: Path) -> str:
    """SECRET_KEY, or one made on the first start and kept in `file` for its owner alone."""
    value = os.environ.get("SECRET_KEY")
    if value is not None:
        if len(value) < 32:
            raise ImproperlyConfigured("SECRET_KEY is shorter than 32 characters.")
        return value
    try:
        kept = file.read_text("utf-8").strip()
        if kept:
            return kept
    except FileNotFoundError:
        pass
    key = get_random_secret_key()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(key + "\n")
    except FileExistsError:
        return file.read_text("utf-8").strip() or key
    except OSError as problem:
        raise ImproperlyConfigured(
            f"SECRET_KEY isn't set and {file.name} can't be written: {problem.strerror}."
        ) from None
    return key


def read_mail() -> dict[str, object]:
    """What Django wants to know of the mail server, from EMAIL_URL or EMAIL_HOST; empty without.

    EMAIL_URL is smtp://user:password@host:port (STARTTLS is used where a user is named), or
    smtps://… for TLS from the start. EMAIL_HOST alone is a server that wants no password.
    """
    url = os.environ.get("EMAIL_URL", "").strip()
    host = os.environ.get("EMAIL_HOST", "").strip()
    if not url and not host:
        return {}
    try:
        parts = urlsplit(url or f"smtp://{host}")
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured("EMAIL_URL can't be read; its port must be a number.") from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL must be smtp://user:password@host:port or smtps://user:password@host:port."
        )
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if secure else 587 if parts.username else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": bool(parts.username) and not secure,
        "EMAIL_TIMEOUT": 10,
    }
