"""Databases that live as long as a test or a measurement."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg

from tests import needs


@contextmanager
def postgres_database() -> Iterator[str]:
    """Create a PostgreSQL database and drop it afterwards."""
    server = needs.postgres_url()
    name = f"dovetail_jobs_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
