"""The page on the house has the rooms in the order that the code keeps."""

import re
import tomllib

from dovetail.core.rooms import NEEDS
from tests.docs.blocks import ROOT

PAGE = ROOT / "docs/explanation/house.md"


def test_the_rooms_stand_in_the_order_in_which_they_may_import() -> None:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    [layers] = [contract["layers"] for contract in linter["contracts"] if contract["type"] == "layers"]

    assert rooms_of_the_page() == [layer.removeprefix("dovetail.") for layer in reversed(layers)]


def test_every_room_that_can_be_installed_stands_there() -> None:
    assert {room.split(".")[0] for room in NEEDS} <= set(rooms_of_the_page())


def rooms_of_the_page() -> list[str]:
    return re.findall(r"^\| `(\w+)", PAGE.read_text(), re.MULTILINE)
