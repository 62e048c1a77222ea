"""Jobs post the shop's messages, in this thread and in a worker's."""

from collections import Counter
from datetime import timedelta
from typing import Any

from shop.chat import fake
from shop.jobs import StaleData, count_messages, post_message
from shop.models import Order, Organisation

from dovetail.core import clock
from dovetail.jobs.models import Job
from dovetail.testing.jobs import run_jobs
from tests.acceptance.hub import wait_until


def given() -> dict[str, Any]:
    return {"order": Order.objects.create(organisation=Organisation.objects.create(name="Acme"))}


def then(names: dict[str, Any]) -> None:
    assert names["result"].attempts == 0
    waiting = Job.objects.get(run_after__gt=clock.now())
    assert timedelta(minutes=59) < waiting.run_after - clock.now() < timedelta(hours=1)
    assert sorted(Job.objects.values_list("priority", flat=True)) == [0, 0, 0, 50]

    fake.add("POST", "/messages", json={})
    assert Counter(result.status for result in run_jobs()) == {"SUCCESSFUL": 3}
    assert fake.calls[0].json == {"text": "Order 1 has shipped."}
    assert fake.calls[0].headers["idempotency-key"] == "order-1"
    assert post_message.get_result(names["result"].id).status == "SUCCESSFUL"

    names["test_an_order_is_announced"](None)
    a_count_that_is_not_ready_is_asked_for_again()
    the_worker_of_the_web_process_runs_jobs()


def a_count_that_is_not_ready_is_asked_for_again() -> None:
    fake.add("GET", "/messages/count", text="null", headers={"Content-Type": "application/json"})
    counted = count_messages.enqueue()
    run_jobs()
    counted.refresh()
    assert counted.status == "READY"
    assert [error.exception_class for error in counted.errors] == [StaleData]


def the_worker_of_the_web_process_runs_jobs() -> None:
    from mysite.wsgi import worker

    result = post_message.enqueue(1)
    wait_until(lambda: result.refresh() or result.status == "SUCCESSFUL", 10, "an answer of the worker")
    worker.stop()
