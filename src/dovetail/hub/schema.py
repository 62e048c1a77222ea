"""Whether the database's tables are those of this version."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from dovetail.core.errors import ConfigurationError


def check_schema() -> None:
    """
    Stop with one sentence when the database is not there or not migrated.

    Raises:
        ConfigurationError: what is wrong, and the command that mends it.
    """
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise ConfigurationError(f"hub.database cannot be used ({reason}); start it, or name another.") from error
    if missing:
        raise ConfigurationError(f"The database lacks {len(missing)} migrations; run: dovetail migrate")
