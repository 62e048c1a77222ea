"""Workers in processes of their own, killed with ``kill -9``."""

import signal
from collections import Counter

import pytest

from dovetail.jobs.models import Job
from tests.jobs import tasks
from tests.jobs.processes import ALIAS, Workers, jobs_database
from tests.jobs.scratch import postgres_database
from tests.jobs.tasks import read_lines


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request, tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock():
        if request.param == "sqlite":
            with jobs_database(f"sqlite://{tmp_path_factory.mktemp('jobs')}/jobs.sqlite3") as address:
                yield address
        else:
            with postgres_database() as empty, jobs_database(empty) as address:
                yield address


@pytest.fixture
def workers(database):
    Job.objects.using(ALIAS).all().delete()
    made = Workers(database)
    yield made
    made.kill_all()


@pytest.fixture
def lines(tmp_path):
    return tmp_path / "lines.txt"


def test_a_killed_worker_s_job_runs_again_in_another_one(workers: Workers, lines) -> None:
    workers.enqueue(tasks.log_begin_and_end, str(lines), 1)
    victim = workers.start()
    workers.wait_for(lambda: read_lines(lines) == ["begin"], "The first begin")

    victim.kill()
    workers.start()
    workers.wait_for(lambda: workers.statuses() == {"SUCCESSFUL"}, "The second run")

    assert read_lines(lines) == ["begin", "begin", "end"]
    assert [(job.attempts, job.crashes) for job in workers.jobs()] == [(2, 1)]


def test_a_worker_that_is_asked_to_stop_finishes_its_job_first(workers: Workers, lines) -> None:
    workers.enqueue(tasks.log_begin_and_end, str(lines), 0.5)
    worker = workers.start()
    workers.wait_for(lambda: read_lines(lines) == ["begin"], "The begin")

    worker.terminate()
    printed, _ = worker.communicate(timeout=20)

    assert worker.returncode == 0
    assert "has stopped" in printed
    assert read_lines(lines) == ["begin", "end"]
    assert [(job.status, job.attempts) for job in workers.jobs()] == [("SUCCESSFUL", 1)]


@pytest.mark.slow
def test_a_job_that_kills_its_worker_three_times_fails_and_harms_no_other(workers: Workers, lines) -> None:
    poison = lines.with_name("poison.txt")
    workers.enqueue(tasks.kill_worker.using(priority=50), str(poison))
    for number in range(20):
        workers.enqueue(tasks.log, str(lines), str(number), 0.01)

    deaths = []
    for _ in range(3):
        victim = workers.start()
        deaths.append(victim.wait(20))
    workers.start()
    workers.wait_for(lambda: workers.statuses() == {"SUCCESSFUL", "FAILED"}, "The end")

    assert deaths == [-signal.SIGKILL] * 3
    assert read_lines(poison) == ["killed"] * 3
    assert [job.task_path for job in workers.jobs() if job.status == "FAILED"] == ["tests.jobs.tasks.kill_worker"]
    assert set(read_lines(lines)) == {str(number) for number in range(20)}


@pytest.mark.slow
def test_several_workers_run_each_job_once(workers: Workers, lines) -> None:
    for number in range(600):
        workers.enqueue(tasks.log, str(lines), str(number), 0.001)
    for _ in range(3):
        workers.start()

    workers.wait_for(lambda: workers.statuses() == {"SUCCESSFUL"}, "The end")

    assert Counter(read_lines(lines)) == {str(number): 1 for number in range(600)}
    assert {job.attempts for job in workers.jobs()} == {1}


def test_a_process_that_ends_gives_the_jobs_of_its_worker_thread_back(workers: Workers, lines) -> None:
    workers.enqueue(tasks.log_begin_and_end, str(lines), 10)

    workers.run_beside(f"while not os.path.exists({str(lines)!r}): time.sleep(0.01)")

    assert read_lines(lines) == ["begin"]
    assert [(job.status, job.attempts, job.crashes) for job in workers.jobs()] == [("READY", 1, 0)]
