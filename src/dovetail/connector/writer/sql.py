"""Every SQL statement of the page writer, for PostgreSQL and SQLite.

A page travels as one parameter, a JSON list of lists, and the database unpacks it: that costs a tenth of what a
parameter for each value costs. Both databases then speak the same SQL, but for the function that unpacks and for types.
"""
# ruff: noqa: S608 -- what is put into a statement here are names from models, quoted; values travel as parameters

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from dovetail.connector.writer.columns import Column
from dovetail.connector.writer.prepared import Prepared
from dovetail.core.errors import ProgrammingMistake

PageRows = Sequence[Sequence[Prepared]]
Fetched = list[tuple[Any, ...]]

PAGE = "dovetail_page"
"""What the unpacked page is called in a statement; no table should have this name."""


class PageStatements(ABC):
    """Runs statements that read or write a page of rows at once, in the caller's transaction."""

    unpacked_page: str
    locked: str

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    @abstractmethod
    def draw_numbers(self, table: str, column: str, count: int) -> list[int]:
        """Take so many numbers for new rows; nobody else will get them."""

    @abstractmethod
    def value(self, position: int, db_type: str) -> str:
        """Return the expression for one value of a row of the page."""

    def read_bindings(
        self, model: type[models.Model], connection_id: int, external_ids: Sequence[str], *, lock: bool = False
    ) -> Fetched:
        """
        Read the bindings of a connection that have these external ids.

        Args:
            lock: Keep others from changing them, locking in the order of the external ids.
        Returns:
            (external id, primary key, record's primary key, content hash) of those that exist.
        """
        columns = self._names(model, "external_id", "pk", "record", "content_hash")
        return self._run(
            f"SELECT {', '.join(columns)} FROM {self._table(model)}"
            f" WHERE {self._names(model, 'connection')[0]} = %s"
            f" AND {columns[0]} IN (SELECT {self.value(0, 'text')} FROM {self.unpacked_page})"
            + (f" ORDER BY {columns[0]} {self.locked}" if lock else ""),
            [[external_id] for external_id in external_ids],
            before=[connection_id],
            fetch=True,
        )

    @abstractmethod
    def insert(self, model: type[models.Model], columns: Sequence[Column], rows: PageRows) -> None:
        """Insert rows with which nothing can be in conflict, by the database's fastest way in."""

    def claim(
        self,
        model: type[models.Model],
        columns: Sequence[Column],
        rows: PageRows,
        *,
        key: Sequence[str],
        returning: str,
    ) -> set[Any]:
        """
        Insert those rows whose key nobody has, in the order given.

        Where another transaction has just inserted the same key, this one waits until the other ends.

        Args:
            key: The fields of a unique key.
            returning: A field.
        Returns:
            That field's value of each row inserted.
        """
        insert = self._insert_missing(model, columns, key)
        fetched = self._run(f"{insert} RETURNING {self._names(model, returning)[0]}", rows, fetch=True)
        return {value for (value,) in fetched}

    def insert_missing(
        self, model: type[models.Model], columns: Sequence[Column], rows: PageRows, *, key: Sequence[str]
    ) -> None:
        """Insert those rows whose key, the fields of a unique one, is not there yet."""
        self._run(self._insert_missing(model, columns, key), rows)

    def upsert(
        self,
        model: type[models.Model],
        columns: Sequence[Column],
        rows: PageRows,
        *,
        key: str,
        compared: Sequence[Column],
        touched: Sequence[Column],
    ) -> list[Any]:
        """
        Insert rows, or change those whose key is there and which differ, in the order given.

        Args:
            key: A field with a unique key.
            compared: The columns in which a row may differ; these change.
            touched: The columns that change too when a row differs.
        Returns:
            The primary key of each row inserted or changed.
        """
        table = self._table(model)
        changes = [f"{name} = excluded.{name}" for name in self._quoted((*compared, *touched))]
        fetched = self._run(
            f"{self._insert(model, columns)} ON CONFLICT ({self._names(model, key)[0]})"
            f" DO UPDATE SET {', '.join(changes)}"
            f" WHERE ({self._list(compared, f'{table}.')}) IS DISTINCT FROM ({self._list(compared, 'excluded.')})"
            f" RETURNING {self._names(model, 'pk')[0]}",
            rows,
            fetch=True,
        )
        return [value for (value,) in fetched]

    def update(self, model: type[models.Model], columns: Sequence[Column], rows: PageRows) -> None:
        """Change rows; the first column is the primary key."""
        key, *names = self._quoted(columns)
        self._run(
            f"UPDATE {self._table(model)} SET {', '.join(f'{name} = {PAGE}.{name}' for name in names)}"
            f" FROM ({self._select(columns)}) AS {PAGE} WHERE {self._table(model)}.{key} = {PAGE}.{key}",
            rows,
        )

    def delete_others(
        self, model: type[models.Model], columns: Sequence[Column], rows: PageRows, *, among: PageRows
    ) -> None:
        """
        Delete the rows that belong to some owners and are not in the page.

        Args:
            columns: The owner's column and another.
            rows: The rows to keep.
            among: The owners, each in a list of its own.
        """
        table, (owner, other) = self._table(model), self._quoted(columns)
        kept = f"{PAGE}.{owner} = {table}.{owner} AND {PAGE}.{other} = {table}.{other}"
        self._run(
            f"DELETE FROM {table}"
            f" WHERE {owner} IN (SELECT {self.value(0, columns[0].db_type)} FROM {self.unpacked_page})"
            f" AND NOT EXISTS (SELECT 1 FROM ({self._select(columns)}) AS {PAGE} WHERE {kept})",
            rows,
            before=[_as_json(among)],
        )

    def _insert_missing(self, model: type[models.Model], columns: Sequence[Column], key: Sequence[str]) -> str:
        return f"{self._insert(model, columns)} ON CONFLICT ({', '.join(self._names(model, *key))}) DO NOTHING"

    def _insert(self, model: type[models.Model], columns: Sequence[Column]) -> str:
        return f"INSERT INTO {self._table(model)} ({self._list(columns)}) {self._select(columns)}"

    def _select(self, columns: Sequence[Column]) -> str:
        values = (
            f"{self.value(position, column.db_type)} AS {self._quote(column.db_column)}"
            for position, column in enumerate(columns)
        )
        # SQLite takes ON CONFLICT for a join's ON, unless a WHERE stands before it.
        return f"SELECT {', '.join(values)} FROM {self.unpacked_page} WHERE true"

    def _names(self, model: type[models.Model], *fields: str) -> list[str]:
        return [self._quote(_db_column(model, field)) for field in fields]

    def _list(self, columns: Sequence[Column], of: str = "") -> str:
        return ", ".join(f"{of}{name}" for name in self._quoted(columns))

    def _quoted(self, columns: Sequence[Column]) -> list[str]:
        return [self._quote(column.db_column) for column in columns]

    def _table(self, model: type[models.Model]) -> str:
        return self._quote(model._meta.db_table)

    def _quote(self, name: str) -> str:
        return self.connection.ops.quote_name(name)

    def _run(self, sql: str, rows: PageRows, *, before: Sequence[Any] = (), fetch: bool = False) -> Fetched:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, [*before, _as_json(rows)])
            return cursor.fetchall() if fetch else []


class PostgresStatements(PageStatements):
    """For PostgreSQL 14 and later."""

    unpacked_page = "jsonb_array_elements(%s::jsonb) AS unpacked(value)"
    locked = "FOR NO KEY UPDATE"  # foreign keys may go on pointing to the row

    def value(self, position: int, db_type: str) -> str:
        return f"(value ->> {position})::{db_type}"

    def insert(self, model: type[models.Model], columns: Sequence[Column], rows: PageRows) -> None:
        copy_in = f"COPY {self._table(model)} ({self._list(columns)}) FROM STDIN"
        # Django's cursor hands COPY through to the driver without turning the driver's errors into its own.
        with self.connection.wrap_database_errors, self.connection.cursor() as cursor, cursor.copy(copy_in) as copy:
            for row in rows:
                copy.write_row(row)

    def draw_numbers(self, table: str, column: str, count: int) -> list[int]:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "WITH counter AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, %s)::regclass AS name)"
                " SELECT nextval(counter.name) FROM counter, generate_series(1, %s)",
                [self._quote(table), column, count],
            )
            return [number for (number,) in cursor.fetchall()]


class SqliteStatements(PageStatements):
    """For SQLite 3.40 and later; a transaction has the database for itself, so nothing is locked."""

    unpacked_page = "json_each(%s) AS unpacked"
    locked = ""

    def value(self, position: int, db_type: str) -> str:
        return f"value ->> {position}"

    def claim(
        self,
        model: type[models.Model],
        columns: Sequence[Column],
        rows: PageRows,
        *,
        key: Sequence[str],
        returning: str,
    ) -> set[Any]:
        # Nobody else writes between our looking and our writing: a transaction that began by reading either holds the
        # database for itself (IMMEDIATE) or is refused as soon as it writes what others have changed.
        self.insert(model, columns, rows)
        position = [column.name for column in columns].index(returning)
        return {row[position] for row in rows}

    def insert(self, model: type[models.Model], columns: Sequence[Column], rows: PageRows) -> None:
        places = ", ".join("%s" for _ in columns)
        with self.connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {self._table(model)} ({self._list(columns)}) VALUES ({places})", rows)

    def draw_numbers(self, table: str, column: str, count: int) -> list[int]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            (last,) = cursor.fetchone() or (0,)
        return list(range(last + 1, last + 1 + count))


STATEMENTS: dict[str, type[PageStatements]] = {"postgresql": PostgresStatements, "sqlite": SqliteStatements}


def page_statements(using: str) -> PageStatements:
    """
    Return the statements for a database.

    Raises:
        ProgrammingMistake: the page writer does not know this kind of database.
    """
    connection = connections[using]
    if connection.vendor not in STATEMENTS:
        raise ProgrammingMistake(f"The page writer writes to PostgreSQL and SQLite, not to {connection.vendor}.")
    return STATEMENTS[connection.vendor](connection)


def _db_column(model: type[models.Model], field: str) -> str:
    found: Any = model._meta.pk if field == "pk" else model._meta.get_field(field)
    column: str = found.column
    return column


def _as_json(rows: PageRows) -> str:
    return json.dumps(rows, separators=(",", ":"))
