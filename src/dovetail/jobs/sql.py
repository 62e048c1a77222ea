"""The SQL statements of this room: what the ORM cannot say in one statement a batch.

Each statement stands here once; a dialect fills in what databases spell differently.
"""

from collections.abc import Collection
from dataclasses import dataclass

from dovetail.core.errors import ConfigurationError

DUE = "status = 'READY' AND run_after <= %(now)s"
ABANDONED = "status = 'RUNNING' AND lease_until < %(now)s"


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """What one database spells in its own way."""

    skip_locked: str
    """Leaves out rows that another worker is taking at this moment."""
    with_worker: str
    """The list of workers with this one at its end."""
    outcomes: str
    """The JSON parameter ``outcomes`` as rows."""


POSTGRESQL = Dialect(
    skip_locked="FOR UPDATE SKIP LOCKED",
    with_worker="worker_ids || to_jsonb(%(worker)s::text)",
    outcomes="""jsonb_to_recordset(%(outcomes)s::jsonb) AS outcome(
        id uuid, attempts integer, status text, finished_at timestamptz, run_after timestamptz,
        return_value jsonb, errors jsonb)""",
)
# SQLite has one writer at a time: what the transaction sees is what it takes.
SQLITE = Dialect(
    skip_locked="",
    with_worker="json_insert(worker_ids, '$[#]', %(worker)s)",
    outcomes="""(SELECT value ->> 'id' AS id, value ->> 'attempts' AS attempts, value ->> 'status' AS status,
        value ->> 'finished_at' AS finished_at, value ->> 'run_after' AS run_after,
        value -> 'return_value' AS return_value, value -> 'errors' AS errors
        FROM json_each(%(outcomes)s)) AS outcome""",
)
_DIALECTS = {"postgresql": POSTGRESQL, "sqlite": SQLITE}

# MATERIALIZED, because PostgreSQL may run a subquery with LIMIT more than once and then take more rows than asked.
_LEASE = """
WITH taken(id) AS MATERIALIZED (
    SELECT id FROM dovetail_jobs_job WHERE {which}
    ORDER BY priority DESC, run_after, id LIMIT %(limit)s {skip_locked}
)
UPDATE dovetail_jobs_job SET
    status = 'RUNNING', attempts = attempts + 1, crashes = crashes + %(crash)s, lease_until = %(lease_until)s,
    worker_id = %(worker)s, worker_ids = {with_worker},
    started_at = COALESCE(started_at, %(now)s), last_attempted_at = %(now)s
WHERE id IN (SELECT id FROM taken)
RETURNING *
"""

# An outcome counts only while the lease it was made under is held: later, worker_id or attempts differ. The state says
# no more, and to name it would make SQLite begin at the index of states and read the JSON once for each row.
_SETTLE = """
UPDATE dovetail_jobs_job SET
    status = outcome.status, finished_at = outcome.finished_at,
    run_after = COALESCE(outcome.run_after, dovetail_jobs_job.run_after),
    return_value = outcome.return_value, errors = outcome.errors,
    crashes = CASE WHEN outcome.status = 'READY' THEN 0 ELSE crashes END, lease_until = NULL, worker_id = ''
FROM {outcomes}
WHERE dovetail_jobs_job.id = outcome.id AND dovetail_jobs_job.attempts = outcome.attempts
    AND dovetail_jobs_job.worker_id = %(worker)s
"""


def dialect_of(vendor: str) -> Dialect:
    """
    Return the dialect of a database, by Django's name for its vendor.

    Raises:
        ConfigurationError: the engine does not run there; the operator must name another database.
    """
    if vendor not in _DIALECTS:
        raise ConfigurationError(f"Jobs are kept on {' and '.join(sorted(_DIALECTS))}, not on {vendor}.")
    return _DIALECTS[vendor]


def lease(dialect: Dialect, which: str, queues: Collection[str]) -> tuple[str, dict[str, str]]:
    """Return the statement that takes jobs, and the parameters that name the queues."""
    names = {f"queue_{number}": queue for number, queue in enumerate(queues)}
    if names:
        which += " AND queue_name IN (" + ", ".join(f"%({name})s" for name in names) + ")"
    return _LEASE.format(which=which, skip_locked=dialect.skip_locked, with_worker=dialect.with_worker), names


def settle(dialect: Dialect) -> str:
    """Return the statement that writes how jobs ended."""
    return _SETTLE.format(outcomes=dialect.outcomes)
