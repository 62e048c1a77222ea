"""The answers of the coffee machine for programs: lists in pages, single records, the account."""

from typing import Any
from urllib.parse import urlencode

from dovetail.core import clock
from dovetail.testing.servers.coffee.machine import Machine
from dovetail.testing.servers.coffee.messages import Answer, Request, error_answer, json_answer, not_modified
from dovetail.testing.servers.coffee.records import Collection, Record
from dovetail.testing.servers.coffee.switches import Switches
from dovetail.testing.servers.coffee.users import User

PAGE_SIZE = 100
LARGEST_PAGE = 1000


def page_number(request: Request) -> int:
    """Return the page that a call asks for, counted from 1; ValueError if it is no number."""
    number = int(request.query.get("page", "1"))
    if number < 1:
        raise ValueError("The first page is 1.")
    return number


def answer_user(machine: Machine, request: Request, user: User) -> Answer:
    """Answer a user who proved who they are and may call now."""
    name, _, rest = request.path.strip("/").partition("/")
    if name == "account" and not rest:
        return json_answer({"id": user.id, "username": user.username, "name": user.name})
    collection = machine.collections.get(name)
    if collection is None:
        return error_answer(404, "There is nothing at this address.")
    if not rest:
        return not_modified(request, _list(machine, collection, request))
    return _one(machine, collection, request, rest)


def misbehave(switches: Switches) -> Answer | None:
    """Answer as the switches say; None when they leave the answer as it is."""
    clock.sleep(switches.slow_seconds)
    if switches.drop:
        return Answer(drop=True)
    if switches.auth_fail:
        return error_answer(401, "The machine does not know this user or password.")
    if switches.status is not None:
        wait = {} if switches.retry_after is None else {"Retry-After": switches.retry_after}
        return error_answer(switches.status, "The machine was told to fail.", wait)
    if switches.not_json:
        return Answer(
            headers={"Content-Type": "text/html"}, body=b"<html><title>Sign in to the guest network</title></html>"
        )
    return None


def _list(machine: Machine, collection: Collection, request: Request) -> Answer:
    size = int(request.query.get("page_size", PAGE_SIZE))
    if not 1 <= size <= LARGEST_PAGE:
        return error_answer(400, f"A page has 1 to {LARGEST_PAGE} records.")
    number = page_number(request)
    with machine.lock:
        chosen = collection.choose(_ids(request))
        records, more = collection.page(chosen, number=number, size=size)
        data = [_spoiled(each, machine.switches) for each in records]
    following = _address(request, page=number + 1) if more else None
    return json_answer({"data": data, "next": following, "total": len(chosen)})


def _one(machine: Machine, collection: Collection, request: Request, id_: str) -> Answer:
    try:
        with machine.lock:
            if request.method == "PATCH":
                return json_answer(collection.edit(int(id_), request.json(), now=clock.now()))
            record = _spoiled(collection.records[int(id_)], machine.switches)
    except (KeyError, ValueError):
        return error_answer(404, f"There is no such record among the {collection.kind}.")
    return not_modified(request, json_answer(record))


def _spoiled(record: Record, switches: Switches) -> Record:
    if "price_cents" in record and record["id"] == switches.bad_record:
        return record | {"price_cents": "free"}
    return record


def _ids(request: Request) -> list[int] | None:
    text = request.query.get("ids")
    return None if text is None else [int(each) for each in text.split(",") if each]


def _address(request: Request, **changes: Any) -> str:
    query = urlencode({**request.query, **changes})
    return f"http://{request.headers['Host']}{request.path}?{query}"
