"""When a call is repeated, how long it waits before, and who waits with it."""

from datetime import timedelta

import pytest

from dovetail.core.errors import RateLimited, ServiceUnavailable
from dovetail.core.retry import RetryPolicy
from dovetail.testing.servers.faults import Reply, Reset

EXACT = RetryPolicy(base_delay=timedelta(0))


def busy(status=503, **headers):
    return Reply(status, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_a_call_is_repeated_until_the_service_is_back(server, make_client, clock):
    server.plan("/brews", busy(), Reset(), Reply(json=[1]))

    assert make_client().get_json("/brews") == [1]
    assert len(server.seen) == 3
    assert len(clock.sleeps) == 2
    assert clock.sleeps[0] <= 0.5
    assert clock.sleeps[1] <= 1.0


def test_a_service_that_stays_away_is_left_after_four_attempts(server, make_client, clock):
    server.plan("/brews", busy())

    with pytest.raises(ServiceUnavailable):
        make_client().get("/brews")

    assert len(server.seen) == 4


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry_After": "7"},
        {"Retry_After": "Thu, 01 Jan 2026 00:00:17 GMT", "Date": "Thu, 01 Jan 2026 00:00:10 GMT"},
        {"Retry_After_Ms": "7000", "Retry_After": "99"},
        {"X_Ms_Retry_After_Ms": "7000"},
        {"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": "7"},
        {"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": "1767225607"},
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_the_wait_that_the_service_asks_for_is_obeyed(server, make_client, clock, status, headers):
    server.plan("/brews", busy(status, **headers), Reply(json=[1]))

    assert make_client(retry=EXACT).get_json("/brews") == [1]
    assert clock.sleeps == [7]


@pytest.mark.parametrize("text", ["soon", "", "nan", "-5", "Thu, 01 Jan 2026 99:99:99 GMT"])
def test_a_wait_that_makes_no_sense_delays_nothing(server, make_client, clock, text):
    server.plan("/brews", busy(429, Retry_After=text), Reply(json=[1]))

    assert make_client(retry=EXACT).get_json("/brews") == [1]
    assert clock.sleeps == [0]


@pytest.mark.parametrize(("status", "kind"), [(429, RateLimited), (503, ServiceUnavailable)])
def test_a_longer_wait_than_the_policy_allows_is_given_to_the_caller_at_once(server, make_client, clock, status, kind):
    server.plan("/brews", busy(status, Retry_After="600"))

    with pytest.raises(kind) as caught:
        make_client().get("/brews")

    assert caught.value.retry_after == timedelta(minutes=10)
    assert len(server.seen) == 1
    assert clock.sleeps == []


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_write_is_sent_once(server, make_client, clock, method):
    server.plan("/brews", busy())

    with pytest.raises(ServiceUnavailable):
        make_client().request(method, "/brews", json={"name": "Ristretto"})

    assert len(server.seen) == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_write_with_the_same_result_each_time_is_repeated(server, make_client, clock, method):
    server.plan("/brews/1", busy(), Reply(204))

    assert make_client().request(method, "/brews/1").status_code == 204
    assert len(server.seen) == 2


def test_an_idempotency_key_lets_a_post_be_repeated_with_the_same_key_and_body(server, make_client, clock):
    server.plan("/brews", busy(), Reply(201))

    make_client().post("/brews", json={"name": "Ristretto"}, idempotency_key="order-1")

    assert [seen.headers["idempotency-key"] for seen in server.seen] == ["order-1", "order-1"]
    assert [seen.body for seen in server.seen] == [b'{"name":"Ristretto"}'] * 2


class TestHoldingBack:
    """Without Django's database the state is that of this process; the contract is the same."""

    @pytest.fixture(autouse=True)
    def memory(self, settings):
        settings.DOVETAIL = {"state.backend": "memory"}

    def test_all_clients_of_an_account_wait_when_one_is_told_to(self, server, make_client, clock):
        server.plan("/brews", busy(429, Retry_After="600"), Reply(json=[1]))
        with pytest.raises(RateLimited):
            make_client(scope="a").get("/brews")

        with pytest.raises(RateLimited, match="asked us to wait 600 s more") as caught:
            make_client(scope="a").get("/brews")

        assert caught.value.retry_after == timedelta(minutes=10)
        assert len(server.seen) == 1

    def test_a_short_wait_is_waited(self, server, make_client, clock):
        server.plan("/brews", busy(503, Retry_After="590"), Reply(json=[1]))
        with pytest.raises(ServiceUnavailable):
            make_client(scope="b").get("/brews")
        clock.advance(timedelta(seconds=580))

        assert make_client(scope="b").get_json("/brews") == [1]
        assert clock.sleeps == [10]

    def test_a_client_under_way_notices_within_a_second(self, server, make_client, clock):
        server.plan("/brews", Reply(json=[1]), busy(429, Retry_After="600"))
        walking, other = make_client(scope="c"), make_client(scope="c")
        walking.get("/brews")
        with pytest.raises(RateLimited):
            other.get("/brews")
        clock.advance(timedelta(seconds=1))

        with pytest.raises(RateLimited):
            walking.get("/brews")

        assert len(server.seen) == 2

    def test_the_wait_of_one_account_is_not_that_of_another(self, server, make_client, clock):
        server.plan("/brews", busy(429, Retry_After="600"), Reply(json=[1]))
        with pytest.raises(RateLimited):
            make_client(scope="d").get("/brews")

        assert make_client(scope="e").get_json("/brews") == [1]
        assert make_client().get_json("/brews") == [1]

    def test_a_wait_that_is_over_holds_nobody(self, server, make_client, clock):
        server.plan("/brews", busy(429, Retry_After="600"), Reply(json=[1]))
        with pytest.raises(RateLimited):
            make_client(scope="f").get("/brews")
        clock.advance(timedelta(seconds=600))

        assert make_client(scope="f").get_json("/brews") == [1]


@pytest.mark.django_db
def test_processes_hold_back_together_by_the_database(server, make_client, clock):
    server.plan("/brews", busy(429, Retry_After="600"))
    for _ in range(2):
        with pytest.raises(RateLimited):
            make_client(scope="connection:1").get("/brews")

    assert len(server.seen) == 1
