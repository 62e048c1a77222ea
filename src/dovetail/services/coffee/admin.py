"""The admin pages of brews and suppliers."""

from django.contrib import admin

from dovetail.services.coffee.models import Brew, Supplier


@admin.register(Supplier)
class SupplierAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # takes none at run time
    """Suppliers."""

    list_display = ("name", "country", "email")
    list_filter = ("country",)
    search_fields = ("name", "email")


@admin.register(Brew)
class BrewAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # takes none at run time
    """Brews."""

    list_display = ("name", "price", "available", "supplier")
    list_filter = ("available",)
    list_select_related = ("supplier",)
    search_fields = ("name", "notes")
    autocomplete_fields = ("supplier",)
