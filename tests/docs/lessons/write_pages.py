"""Essays arrive by their own key and by a connection's; the one whose time has no zone does not."""

from typing import Any

from shop.models import Author, Essay, EssayBinding, Tag

from dovetail.integrations.models import Connection


def given() -> dict[str, Any]:
    return {
        "Essay": Essay,
        "EssayBinding": EssayBinding,
        "rows": [essay(16, "2026-01-31T09:30:00Z"), essay(17, "2026-01-31 09:30")],
        "connection": Connection.objects.create(integration_id="press", name="Press"),
        "author_ids": {"a1": Author.objects.create(name="Ada").pk},
        "tag_ids": {"t1": Tag.objects.create(name="engines").pk},
        "page": [{"id": "e1", "title": "Notes", "author_id": "a1", "words": 900, "tags": ["t1"]}],
    }


def essay(key: int, published_at: str) -> dict[str, Any]:
    return {"external_id": str(key), "title": f"Essay {key}", "slug": f"essay-{key}", "published_at": published_at}


def then(names: dict[str, Any]) -> None:
    assert names["problem"].external_id == "17"
    assert names["problem"].reasons["published_at"].startswith("Expected a time with its time zone, ")
    assert Essay.objects.get(external_id="16").published_at

    notes = Essay.objects.get(bindings__external_id="e1")
    assert (notes.title, notes.author.name) == ("Notes", "Ada")
    assert [tag.name for tag in notes.tags.all()] == ["engines"]
    assert notes.bindings.get().word_count == 900
