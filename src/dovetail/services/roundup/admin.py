"""The admin pages of issues and what they refer to."""

from django.contrib import admin

from dovetail.services.roundup.models import Issue, Keyword, Person, Priority, Status


@admin.register(Status)
class StatusAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # takes none at run time
    """Statuses."""

    list_display = ("name", "order")


@admin.register(Priority)
class PriorityAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # takes none at run time
    """Priorities."""

    list_display = ("name", "order")


@admin.register(Keyword)
class KeywordAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # takes none at run time
    """Keywords."""

    search_fields = ("name",)


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # takes none at run time
    """People."""

    list_display = ("username", "name", "email")
    search_fields = ("username", "name", "email")


@admin.register(Issue)
class IssueAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # takes none at run time
    """Issues."""

    list_display = ("title", "status", "priority", "assigned_to", "changed_at")
    list_filter = ("status", "priority")
    list_select_related = ("status", "priority", "assigned_to")
    search_fields = ("title",)
    autocomplete_fields = ("keywords", "assigned_to", "created_by")
