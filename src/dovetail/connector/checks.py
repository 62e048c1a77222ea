"""Finds mistakes in streams before the first record comes."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from dovetail.connector.registry import streams


@register("dovetail")
def check_mappers(**_kwargs: Any) -> list[CheckMessage]:
    """Report fields that a stream's mapper forgets or does not find."""
    return [
        Error(
            problem,
            hint=f"Correct {stream.mapper.__module__}.{stream.mapper.__qualname__}.",
            obj=stream,
            id="dovetail.E301",
        )
        for stream in streams
        for problem in stream.mapper.problems(stream.binding.record_model(), stream.binding)
    ]
