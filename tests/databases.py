"""Databases of their own for sites, on the PostgreSQL that the tests run on."""

from __future__ import annotations

import os
import re

import psycopg
from django.db import connection

from tests.site import Site


def new_database(name: str, template: Site | None = None) -> str:
    """The URL of a PostgreSQL database of its own; none where the tests run on SQLite."""
    if connection.vendor == "sqlite":
        return ""
    own = connection.settings_dict
    name = re.sub(r"\W", "_", f"{name}_{os.getpid()}").lower()
    like = f' TEMPLATE "{name_of(template)}"' if template else ""
    with psycopg.connect(server_url(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"{like}')
    return f"postgresql://{own['USER']}@{own['HOST']}:{own['PORT']}/{name}"


def drop_database(site: Site) -> None:
    if site.database:
        with psycopg.connect(server_url(), autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name_of(site)}" WITH (FORCE)')


def name_of(site: Site) -> str:
    return site.database.rpartition("/")[2]


def server_url() -> str:
    own = connection.settings_dict
    return f"postgresql://{own['USER']}@{own['HOST']}:{own['PORT']}/postgres"
