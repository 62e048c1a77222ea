"""Which answer a call to the coffee machine gets."""

from dataclasses import asdict, replace

from dovetail.testing.servers.coffee import pages
from dovetail.testing.servers.coffee.api import answer_user, misbehave, page_number
from dovetail.testing.servers.coffee.machine import Machine
from dovetail.testing.servers.coffee.messages import Answer, Request, error_answer, html_answer, json_answer
from dovetail.testing.servers.coffee.switches import UnknownSwitch
from dovetail.testing.servers.coffee.users import find_user


def answer(machine: Machine, request: Request) -> Answer:
    """Answer one call: a test at the switches, a person with a browser, or a program."""
    if request.path.startswith("/_"):
        return _answer_test(machine, request)
    if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
        return _answer_person(machine, request)
    return _answer_program(machine, request)


def _answer_test(machine: Machine, request: Request) -> Answer:
    match (request.method, request.path):
        case ("GET", "/_log"):
            return json_answer(machine.calls())
        case ("DELETE", "/_log"):
            machine.forget_calls()
        case ("DELETE", "/_switches"):
            machine.reset_switches()
        case ("PUT", "/_switches"):
            try:
                machine.change_switches(request.json())
            except UnknownSwitch as error:
                return error_answer(400, str(error))
        case ("GET", "/_switches"):
            pass
        case _:
            return error_answer(404, "There is nothing at this address.")
    return json_answer(asdict(machine.switches))


def _answer_person(machine: Machine, request: Request) -> Answer:
    name, _, id_ = request.path.strip("/").partition("/")
    if not name:
        return html_answer(pages.front_page(len(machine.collections["brews"].records)))
    collection = machine.collections.get(name)
    if collection is None or not id_.isdecimal() or int(id_) not in collection.records:
        return html_answer(pages.missing_page(), status=404)
    return html_answer(pages.record_page(collection.records[int(id_)]))


def _answer_program(machine: Machine, request: Request) -> Answer:
    user = find_user(request.headers.get("Authorization"))
    if user is None:
        wanted = {"WWW-Authenticate": 'Basic realm="coffee"'}
        result = error_answer(401, "The machine does not know this user or password.", wanted)
    elif wait := machine.count_call(user):
        result = error_answer(429, "Too many calls.", {"Retry-After": str(int(wait) + 1)})
    else:
        try:
            switches = machine.take_switches(page_number(request))
            result = misbehave(switches) or replace(answer_user(machine, request, user), truncate=switches.truncate)
        except ValueError as error:
            result = error_answer(400, str(error))
    machine.remember(request, result, user)
    return result
