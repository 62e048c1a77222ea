"""A field for a secret: it goes in and never comes out again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SecretInput(forms.PasswordInput):
    """An input that shows nothing of what was typed or stored."""

    has_stored_value = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "new-password", "spellcheck": "false", **(attrs or {})})

    def use_required_attribute(self, initial: Any) -> bool:
        return not self.has_stored_value and super().use_required_attribute(initial)


class SecretField(forms.CharField):
    """
    A password, token or key.

    It is stored encrypted and no page shows it. When a connection is edited, an empty input keeps what is stored.
    """

    widget = SecretInput
    has_stored_value = False

    def keep_stored(self) -> None:
        """Take an empty input for the value that is stored."""
        self.has_stored_value = self.widget.has_stored_value = True
        self.widget.attrs["placeholder"] = _("Unchanged")

    def ask_again(self) -> None:
        """Say no longer that an empty input will do."""
        self.widget.attrs.pop("placeholder", None)

    def offer(self) -> None:
        """Show the initial value, which is known to everybody: a demonstration's."""
        self.widget.render_value = True

    def validate(self, value: str) -> None:
        if value or not self.has_stored_value:
            super().validate(value)
