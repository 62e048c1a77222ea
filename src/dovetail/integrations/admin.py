"""The rows of this room in Django's administration; secrets are not among what it shows."""

from django.contrib import admin
from django.http import HttpRequest

from dovetail.integrations.models import Connection, IntegrationConfig


@admin.register(Connection)
class ConnectionAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    """Shows connections; they are made, changed and removed on their own pages, which try them first."""

    list_display = ("name", "integration_id", "account_name", "state", "checked_at")
    list_filter = ("state", "integration_id")
    search_fields = ("name", "account_name", "address")
    fields = (
        "name",
        "integration_id",
        "address",
        "settings",
        "account_name",
        "account_id",
        "state",
        "reason",
        "checked_at",
        "created_by",
        "created_at",
        "updated_at",
        "tenant",
    )
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Connection | None = None) -> bool:
        return False


@admin.register(IntegrationConfig)
class IntegrationConfigAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    """Shows and edits configurations as they are stored."""

    list_display = ("name", "integration_id", "enabled", "connection", "updated_at")
    list_filter = ("enabled", "integration_id")
    search_fields = ("name",)
    readonly_fields = ("tenant", "created_at", "updated_at")
