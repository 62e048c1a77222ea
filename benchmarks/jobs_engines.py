"""The engines that ``jobs.py`` compares; run with Django's settings, it prints the figures as JSON."""

import json
import time
from collections.abc import Callable

import django
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, transaction

ROUNDS = 3
JOBS = 2000


def measure(using: str) -> float:
    """Return the no-op jobs a second of our worker."""
    from dovetail.jobs.worker import Worker

    return _rate(using, Worker(using).run_until_idle)


def measure_one_by_one(using: str) -> float:
    """Return the no-op jobs a second of the usual way: each job is claimed, run and completed by itself."""
    from dovetail.jobs.attempt import attempt
    from dovetail.jobs.models import Job

    def run_all() -> None:
        ready = Job.objects.using(using).filter(status="READY").order_by("-priority", "run_after")
        while True:
            with transaction.atomic(using):
                job = ready.select_for_update(skip_locked=True).first()
                if job is None:
                    return
                job.status = "RUNNING"
                job.save(using=using)
            attempt(job)
            job.save(using=using)

    return _rate(using, run_all)


def _rate(using: str, run_all: Callable[[], None]) -> float:
    from dovetail.jobs.models import Job
    from tests.jobs.tasks import do_nothing

    with transaction.atomic(using):
        Job.objects.using(using).all().delete()
        for _ in range(JOBS):
            do_nothing.enqueue()
    begin = time.perf_counter()
    run_all()
    seconds = time.perf_counter() - begin
    assert Job.objects.using(using).filter(status="SUCCESSFUL").count() == JOBS
    return JOBS / seconds


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    rounds: dict[str, list[float]] = {"ours": [], "peer": []}
    for _ in range(ROUNDS):
        rounds["ours"].append(measure(DEFAULT_DB_ALIAS))
        rounds["peer"].append(measure_one_by_one(DEFAULT_DB_ALIAS))
    print(json.dumps(rounds))


if __name__ == "__main__":
    main()
