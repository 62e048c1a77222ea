"""The streams that exist, and how one is found."""

from typing import TYPE_CHECKING

from dovetail.connector.binding import Binding
from dovetail.core.errors import UnknownName
from dovetail.core.registry import Registry

if TYPE_CHECKING:
    from dovetail.connector.stream import Stream

streams: "Registry[type[Stream]]" = Registry("stream")


def key_of(integration_id: str, name: str) -> str:
    """Return the name under which a stream is registered; two services may each have a stream ``issues``."""
    return f"{integration_id}/{name}"


def streams_of(integration_id: str) -> "list[type[Stream]]":
    """List an integration's streams; those that others refer to come first."""
    own = [stream for stream in streams if stream.integration.integration_id == integration_id]
    ordered: dict[type[Stream], None] = {}
    for stream in own:
        _add_with_dependencies(stream, own, ordered, above=())
    return list(ordered)


def find_stream(integration_id: str, name: str) -> "type[Stream]":
    """
    Return an integration's stream.

    Raises:
        UnknownName: the integration has none of this name; the message lists those it has.
    """
    key = key_of(integration_id, name)
    if key not in streams:
        raise UnknownName(f"stream of {integration_id}", name, [stream.name for stream in streams_of(integration_id)])
    return streams.get(key)


def stream_of_binding(binding_model: type[Binding]) -> "type[Stream] | None":
    """Return the stream that keeps a binding's records; None when no stream does."""
    return next((stream for stream in streams if stream.binding is binding_model), None)


def _add_with_dependencies(
    stream: "type[Stream]",
    own: "list[type[Stream]]",
    ordered: "dict[type[Stream], None]",
    above: "tuple[type[Stream], ...]",
) -> None:
    if stream in ordered or stream in above:
        return
    for needed in stream.dependencies():
        if needed in own:
            _add_with_dependencies(needed, own, ordered, (*above, stream))
    ordered[stream] = None
