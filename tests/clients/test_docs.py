"""The examples of the documentation run."""

import re
from pathlib import Path

import httpx2

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "call-a-service.md"


def test_the_page_on_calling_a_service_is_true(clock):
    examples = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL):
        exec(block, examples)

    examples["test_brews_are_read_to_the_last_page"]()
    fake = examples["FakeTransport"]()
    fake.add("GET", "/brews/1", json={"price_cents": 250})
    fake.add("GET", "/brews/2", status=404)
    fake.add("GET", "/brews/3", status=503, headers={"Retry-After": "60"})
    fake.add("POST", "/orders", error=httpx2.ReadError("gone"), times=1)
    fake.add("POST", "/orders", json={"state": "ordered"})
    coffee = examples["CoffeeClient"](transport=fake)
    assert examples["try_it"](coffee) == {"price_cents": 250}
    assert [examples["price_to_show"](coffee, number) for number in (1, 2, 3)] == [250, None, "later, in 0:01:00"]
    assert coffee.order("Ristretto", 7).json() == {"state": "ordered"}
