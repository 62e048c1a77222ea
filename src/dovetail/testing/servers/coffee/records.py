"""What the coffee machine knows: brews and their suppliers, the same at every start."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Record = dict[str, Any]

SUPPLIERS = 40
FIRST_UPDATE = datetime(2026, 1, 1, tzinfo=UTC)
ROASTS = ("Light", "Cinnamon", "City", "Full City", "Vienna", "French", "Italian", "Espresso")
DRINKS = (
    "Ristretto",
    "Espresso",
    "Lungo",
    "Cortado",
    "Flat White",
    "Cappuccino",
    "Latte",
    "Filter",
    "Cold Brew",
    "Mocha",
)
PLACES = (
    "Antigua",
    "Cerrado",
    "Harrar",
    "Huila",
    "Kona",
    "Limu",
    "Mandheling",
    "Nyeri",
    "Sidamo",
    "Tarrazú",
    "Yirgacheffe",
)
COUNTRIES = ("Brazil", "Colombia", "Costa Rica", "Ethiopia", "Guatemala", "Indonesia", "Kenya", "United States")
TASTES = (
    "bergamot",
    "blackcurrant",
    "brown sugar",
    "caramel",
    "cedar",
    "cocoa",
    "hazelnut",
    "honey",
    "jasmine",
    "orange peel",
)


@dataclass(kw_only=True)
class Collection:
    """Records of one kind by their id, in the order of the ids."""

    kind: str
    """The name in addresses: ``"brews"``."""
    records: dict[int, Record] = field(default_factory=dict)

    def page(self, records: Sequence[Record], *, number: int, size: int) -> tuple[Sequence[Record], bool]:
        """Return the records of a page, counted from 1, and whether another follows."""
        start = (number - 1) * size
        return records[start : start + size], start + size < len(records)

    def choose(self, ids: Iterable[int] | None) -> list[Record]:
        """List all records, or those of the ids that are known."""
        if ids is None:
            return list(self.records.values())
        return [self.records[each] for each in ids if each in self.records]

    def edit(self, id_: int, values: Record, *, now: datetime) -> Record:
        """Change a record and return it; KeyError if there is none."""
        self.records[id_] = self.records[id_] | values | {"id": id_, "updated_at": _iso(now)}
        return self.records[id_]


def make_collections(brews: int) -> dict[str, Collection]:
    """Make so many brews, and their suppliers."""
    return {
        "brews": Collection(kind="brews", records={id_: _brew(id_) for id_ in range(1, brews + 1)}),
        "suppliers": Collection(kind="suppliers", records={id_: _supplier(id_) for id_ in range(1, SUPPLIERS + 1)}),
    }


def _brew(id_: int) -> Record:
    drink, place, roast = _pick(DRINKS, id_), _pick(PLACES, id_ // 3), _pick(ROASTS, id_ // 7)
    first, second = _pick(TASTES, id_), _pick(TASTES, id_ // 10 + id_ + 1)
    return {
        "id": id_,
        "title": f"{place} {drink} {id_}",
        "price_cents": 180 + id_ * 37 % 420,
        "strength": id_ % 11,
        "available": id_ % 9 != 0,
        "supplier_id": id_ % SUPPLIERS + 1,
        "recipe": {
            "summary": f"{roast} roast with notes of {first} and {second}.",
            "grams": 14 + id_ % 8,
            "seconds": 20 + id_ % 200,
        },
        "updated_at": _iso(FIRST_UPDATE + timedelta(minutes=id_)),
    }


def _supplier(id_: int) -> Record:
    place, country = _pick(PLACES, id_), _pick(COUNTRIES, id_)
    return {
        "id": id_,
        "name": f"{place} Growers {id_}",
        "country": country,
        "email": f"orders{id_}@growers.example",
        "updated_at": _iso(FIRST_UPDATE),
    }


def _pick(words: Sequence[str], number: int) -> str:
    return words[number % len(words)]


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
