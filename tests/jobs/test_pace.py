"""How long a worker waits and how much it takes."""

from dovetail.jobs.pace import Appetite, Pauses


def test_pauses_double_up_to_the_longest_and_begin_again() -> None:
    pauses = Pauses(0.1, 0.5)

    waits = [pauses.next() for _ in range(4)]
    pauses.reset()

    assert waits == [0.1, 0.2, 0.4, 0.5]
    assert pauses.next() == 0.1


def test_a_new_worker_takes_one_job_for_each_thread() -> None:
    assert Appetite(50).size(2) == 2


def test_short_jobs_are_taken_many_at_once_up_to_the_most() -> None:
    appetite = Appetite(50)
    for _ in range(100):
        appetite.learn(0.0001)

    assert appetite.size(2) == 50
    assert appetite.size(0) == 0


def test_one_very_long_job_is_soon_forgotten() -> None:
    appetite = Appetite(50)
    appetite.learn(3600)
    for _ in range(50):
        appetite.learn(0.001)

    assert appetite.size(2) >= 20
