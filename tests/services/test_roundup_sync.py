"""The issues of a real Roundup tracker arrive with all that they refer to."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from dovetail.clients.auth import Basic
from dovetail.connector.problem import Problem
from dovetail.connector.run import RunState
from dovetail.connector.work import work_on
from dovetail.core.errors import AuthenticationFailed, RateLimited, RecordNotFound
from dovetail.core.retry import RetryPolicy
from dovetail.integrations.models import Connection
from dovetail.services.roundup.client import RoundupClient
from dovetail.services.roundup.models import Issue, IssueBinding, Keyword, Person, Priority, Status
from dovetail.services.roundup.streams import Issues, Keywords, People, Priorities, Statuses
from dovetail.testing.servers.roundup import RoundupTracker
from tests import needs

pytestmark = [pytest.mark.roundup, pytest.mark.django_db]


def test_all_issues_arrive_with_what_they_refer_to(tracker_connection: Connection) -> None:
    run = Issues.sync(tracker_connection, wait=True)
    assert (run.state, run.reason) == (RunState.COMPLETED, "")
    assert run.created == run.total == Issue.objects.count() >= 1000
    issue = IssueBinding.objects.get(external_id="3").record
    assert (issue.title, str(issue.status), str(issue.priority)) == (
        "The export is slow with many users",
        "chatting",
        "critical",
    )
    assert [str(keyword) for keyword in issue.keywords.all()] == ["build", "database"]
    assert str(issue.assigned_to) == "Blaise Byrne"
    assert str(issue.created_by) == "admin"
    assert (Status.objects.count(), Priority.objects.count(), Keyword.objects.count()) == (8, 5, 12)


def test_the_second_sync_writes_nothing_and_an_edited_issue_arrives_alone(
    tracker: RoundupTracker, tracker_connection: Connection
) -> None:
    total = Issues.sync(tracker_connection, wait=True).created
    with CaptureQueriesContext(database) as statements:
        again = Issues.sync(tracker_connection, wait=True)
    assert (again.created, again.updated, again.unchanged) == (0, 0, total)
    assert not [each["sql"] for each in statements if f'UPDATE "{Issue._meta.db_table}"' in each["sql"]]

    tracker.edit_issue(10, title="Found by nobody else", keyword=["1"])
    third = Issues.sync(tracker_connection, wait=True)
    assert (third.created, third.updated, third.unchanged) == (0, 1, total - 1)
    issue = IssueBinding.objects.get(external_id="10").record
    assert issue.title == "Found by nobody else"
    assert [str(keyword) for keyword in issue.keywords.all()] == ["accessibility"]


def test_an_issue_that_is_new_in_the_tracker_arrives(tracker: RoundupTracker, tracker_connection: Connection) -> None:
    total = Issues.sync(tracker_connection, wait=True).created
    id_ = tracker.add("issue", title="Brand new “naïve” 😀")
    run = Issues.sync(tracker_connection, wait=True)
    assert (run.created, run.updated, run.unchanged) == (1, 0, total)
    assert IssueBinding.objects.get(external_id=id_).record.title == "Brand new “naïve” 😀"


def test_an_issue_with_too_long_a_title_is_set_aside(tracker: RoundupTracker, tracker_connection: Connection) -> None:
    tracker.edit_issue(20, title="long " * 100)
    run = Issues.sync(tracker_connection, wait=True)
    tracker.edit_issue(20, title="short")
    assert (run.state, run.problems) == (RunState.COMPLETED_WITH_PROBLEMS, 1)
    problem = Problem.objects.get()
    assert (problem.external_id, list(problem.reasons)) == ("20", ["title"])


def test_what_issues_refer_to_can_be_brought_in_by_itself(tracker_connection: Connection) -> None:
    runs = [stream.sync(tracker_connection, wait=True) for stream in (Statuses, Priorities, Keywords, People)]
    assert [run.created for run in runs] == [8, 5, 12, 23]
    ada = Person.objects.get(username="byrne0")
    assert (ada.name, ada.email) == ("Ada Byrne", "")  # the role User does not see addresses
    assert Status.objects.get(name="resolved").order == 8


def test_an_issue_of_a_person_who_was_retired_arrives(tracker: RoundupTracker, tracker_connection: Connection) -> None:
    person = tracker.add("user", username="leaver", realname="Lee Leaver")
    tracker.edit_issue(30, assignedto=person)
    tracker.retire("user", person)
    run = Issues.sync(tracker_connection, wait=True)
    assert (run.state, run.problems) == (RunState.COMPLETED, 0)
    assert str(IssueBinding.objects.get(external_id="30").record.assigned_to) == "Lee Leaver"


def test_what_is_not_in_the_tracker_is_left_out(tracker_connection: Connection) -> None:
    with work_on(tracker_connection, People) as work:
        adapter = work.adapter()
        assert [record["username"] for record in adapter.read_many(["1", "99999", "3"])] == ["admin", "dovetail"]
        with pytest.raises(RecordNotFound):
            adapter.read("99999")


def test_each_issue_has_a_page_in_the_tracker(tracker: RoundupTracker, tracker_connection: Connection) -> None:
    with work_on(tracker_connection, Issues) as work:
        assert work.adapter().record_url("7") == f"{tracker.url}/issue7"


def test_the_tracker_tells_whose_account_it_is(tracker_connection: Connection) -> None:
    integration = tracker_connection.integration
    assert integration
    account = integration.test_connection(tracker_connection)
    assert account
    assert (account.id, account.name) == ("3", "Dovetail")


def test_a_wrong_password_is_an_authentication_failure(tracker_connection: Connection) -> None:
    tracker_connection.credentials = {"password": "wrong"}
    integration = tracker_connection.integration
    assert integration
    with pytest.raises(AuthenticationFailed):
        integration.test_connection(tracker_connection)


@pytest.fixture(scope="module")
def strict_tracker() -> Iterator[RoundupTracker]:
    needs.roundup_server()
    with RoundupTracker(issues=1, calls_per_minute=10) as tracker:
        yield tracker


def test_too_many_calls_have_to_wait_for_as_long_as_the_tracker_says(strict_tracker: RoundupTracker) -> None:
    auth = Basic(strict_tracker.username, strict_tracker.password)
    once = RetryPolicy(attempts=1)
    client = RoundupClient(base_url=strict_tracker.url, auth=auth, scope="strict", retry=once)
    with client, pytest.raises(RateLimited) as refusal:
        _call(client, times=20)
    assert refusal.value.retry_after
    assert timedelta(seconds=1) <= refusal.value.retry_after <= timedelta(seconds=7)


def test_a_tracker_comes_back_with_what_it_had(strict_tracker: RoundupTracker) -> None:
    strict_tracker.edit_issue(1, title="Kept")
    strict_tracker.stop()
    with RoundupClient(base_url=strict_tracker.url, auth=Basic("admin", strict_tracker.password)) as client:
        strict_tracker.start()
        assert client.item("issue", ("title",), "1") == {"id": "1", "title": "Kept"}


def _call(client: RoundupClient, *, times: int) -> None:
    for _ in range(times):
        client.user_named("admin")
