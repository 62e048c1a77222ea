"""What an integration plugs into the application while it is enabled."""

import logging
from collections.abc import Callable
from typing import Any, Protocol

from django.dispatch import Signal

logger = logging.getLogger(__name__)


class HookHolder(Protocol):
    """Keeps hooks and releases them."""

    hooks: "list[Hook]"


class HookOwner(Protocol):
    """Whoever makes hooks: an integration."""

    @property
    def lifecycle(self) -> HookHolder: ...


class Hook:
    """
    Something plugged in for as long as its owner is enabled.

    Making one plugs it in. The owner's lifecycle releases it, even when the owner's start or stop fails.
    """

    def __init__(self, owner: HookOwner) -> None:
        self.owner = owner
        owner.lifecycle.hooks.append(self)
        self.initialize()

    def initialize(self) -> None:
        """Plug in."""

    def shutdown(self) -> None:
        """Unplug; called once, also after an ``initialize`` that failed half-way."""


class SignalHook(Hook):
    """
    Calls a function on a signal.

    Args:
        owner: The integration; the function gets it as ``integration``.
        signal: The signal.
        callback: Called with the signal's own arguments.
        sender: Only signals of this sender count; None takes all.
        sandbox_errors: Log an error of the function instead of raising it in the code that sent the signal.
    """

    def __init__(
        self,
        owner: HookOwner,
        signal: Signal,
        callback: Callable[..., Any],
        sender: Any = None,
        *,
        sandbox_errors: bool = True,
    ) -> None:
        self.signal = signal
        self.callback = callback
        self.sender = sender
        self.sandbox_errors = sandbox_errors
        super().__init__(owner)

    def initialize(self) -> None:
        self.signal.connect(self._receive, sender=self.sender, weak=False)

    def shutdown(self) -> None:
        self.signal.disconnect(self._receive, sender=self.sender)

    def _receive(self, **kwargs: Any) -> None:
        try:
            self.callback(integration=self.owner, **{key: kwargs[key] for key in kwargs if key != "signal"})
        except Exception:
            if not self.sandbox_errors:
                raise
            logger.exception("%r failed on a signal.", self.callback)
