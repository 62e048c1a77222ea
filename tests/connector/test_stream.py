"""A stream is found by being declared, knows what it needs, and is checked before the first record comes."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

import dovetail.connector
from dovetail.connector.checks import check_mappers
from dovetail.connector.mapper import Field, Mapper
from dovetail.connector.registry import find_stream, key_of, stream_of_binding, streams, streams_of
from dovetail.connector.removal import describe
from dovetail.connector.run import Run
from dovetail.connector.stream import Stream
from dovetail.connector.work import work_on
from dovetail.core.errors import DuplicateName, ProgrammingMistake, UnknownName
from dovetail.integrations.link import remove
from dovetail.integrations.models import Connection
from tests.connector.app.models import Item, ItemBinding, MakerBinding, TicketBinding
from tests.connector.shop import Folders, ItemAdapter, ItemMapper, Items, Makers, ShopIntegration, ShopServer, Tags


@pytest.fixture
def _clean_registry() -> Iterator[None]:
    """Forget streams that a test declares."""
    before = streams.names()
    yield
    for name in streams.names():
        if name not in before:
            streams.remove(name)


def test_streams_come_in_the_order_of_their_references() -> None:
    """Items refer to makers and tags, so these come first, however they were declared."""
    assert streams_of("shop") == [Makers, Tags, Items, Folders]


def test_a_stream_is_found_by_name_and_by_binding() -> None:
    """An unknown name lists those that exist."""
    assert find_stream("shop", "items") is Items
    assert stream_of_binding(MakerBinding) is Makers
    with pytest.raises(UnknownName, match=r"no stream of shop 'orders'; known are: folders, items, makers, tags"):
        find_stream("shop", "orders")


def test_people_read_the_model_s_plural() -> None:
    """Unless a label is given."""
    assert Items.title() == "Items"


@pytest.mark.usefixtures("_clean_registry")
def test_a_stream_without_all_its_parts_is_a_mistake() -> None:
    """The message names what is missing."""
    with pytest.raises(ProgrammingMistake, match="Broken lacks mapper, adapter"):
        type("Broken", (Stream,), {"integration": ShopIntegration, "binding": ItemBinding})


@pytest.mark.usefixtures("_clean_registry")
def test_two_streams_of_one_name_are_a_mistake() -> None:
    """Of one service; another service may have the same name."""
    parts = {"integration": ShopIntegration, "binding": ItemBinding, "mapper": ItemMapper, "adapter": ItemAdapter}
    with pytest.raises(DuplicateName):
        type("Items", (Stream,), parts)


@pytest.mark.usefixtures("_clean_registry")
def test_a_mapper_that_forgets_a_required_field_is_a_check_error() -> None:
    """And so is one that fills a field which is not there."""

    class TicketMapper(Mapper):
        colour = Field("colour")

    class Tickets(Stream):
        integration, binding, mapper, adapter = ShopIntegration, TicketBinding, TicketMapper, ItemAdapter

    errors = [error for error in check_mappers() if error.obj is Tickets]

    assert {error.id for error in errors} == {"dovetail.E301"}
    messages = " ".join(error.msg for error in errors)
    assert "colour" in messages
    assert "code" in messages


def test_the_streams_of_this_project_are_sound() -> None:
    """No check fails."""
    assert check_mappers() == []


@pytest.mark.django_db
def test_work_opens_one_client_and_closes_it(shop: ShopServer, connection: Connection) -> None:
    """All parts share it, on another stream too."""
    with work_on(connection, Items) as work:
        assert work.adapter().client is work.client
        assert work.on(Makers).adapter().client is work.client
        assert work.binder().binding_model is ItemBinding


@pytest.mark.django_db
def test_removing_a_connection_keeps_the_records(shop: ShopServer, connection: Connection) -> None:
    """Bindings, runs and problems go; people are told before."""
    shop.put_items(3)
    Items.sync(connection, wait=True)

    assert describe(connection) == ["3 records stay here and are no longer kept in sync."]
    remove(connection)

    assert (Item.objects.count(), ItemBinding.objects.count(), Run.objects.count()) == (3, 0, 0)
    assert not Connection.objects.exists()


@pytest.mark.django_db
def test_the_verb_syncs_and_tells(shop: ShopServer, connection: Connection, capsys: pytest.CaptureFixture[str]) -> None:
    """All streams of all connections, or one; the last line of each says what became of it."""
    shop.put_items(25)

    call_command("dovetail", "sync", "shop")

    printed = capsys.readouterr().out
    assert "100% Corner shop, Items: 25 of 25" in printed
    assert "Corner shop, Items: Completed: 25 created, 0 updated, 0 unchanged." in printed
    assert [run.stream for run in Run.objects.order_by("pk")] == ["makers", "tags", "items", "folders"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["shap"], "There is no integration with streams 'shap'; known are: .*shop"),
        (["shop", "orders"], "There is no stream of shop 'orders'; known are: folders, items, makers, tags"),
        (["shop", "items", "--connection", "1"], "There is no connection of shop '1'; known are: .*-.*-"),
    ],
)
def test_the_verb_says_what_it_does_not_know(connection: Connection, arguments: list[str], words: str) -> None:
    """One sentence, which lists what there is."""
    with pytest.raises(CommandError, match=words):
        call_command("dovetail", "sync", *arguments)


@pytest.mark.django_db
def test_the_verb_says_what_to_do_before_there_is_a_connection() -> None:
    with pytest.raises(CommandError, match="no connection of shop yet; make one on the page Integrations"):
        call_command("dovetail", "sync", "shop")


def test_streams_are_registered_under_their_service() -> None:
    """The key is never parsed, so a service's id may hold anything."""
    assert key_of("shop", "items") in streams


def test_the_package_gives_what_a_connector_s_author_writes() -> None:
    """Every public name is there, although it is imported late."""
    assert sorted(dovetail.connector.__all__) == sorted(dovetail.connector.HOMES)
    assert all(getattr(dovetail.connector, name) for name in dovetail.connector.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = dovetail.connector.Nothing
