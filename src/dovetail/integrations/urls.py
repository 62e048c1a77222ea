"""The addresses of this room's pages."""

from django.urls import URLPattern, URLResolver, include, path

from dovetail.integrations.views import (
    BaseIntegrationConfigFormView,
    BaseIntegrationListView,
    ConnectionEditView,
    ConnectionRemoveView,
    ConnectionTestView,
    ConnectionView,
    ConnectView,
    IntegrationConfigDeleteView,
)

app_name = "dovetail_integrations"


def build_integration_urlpatterns(
    list_view_cls: type[BaseIntegrationListView] = BaseIntegrationListView,
    config_form_view_cls: type[BaseIntegrationConfigFormView] = BaseIntegrationConfigFormView,
    namespace: str = app_name,
) -> list[URLPattern | URLResolver]:
    """
    Build the addresses of the pages, with an application's own views.

    Args:
        list_view_cls: Shows the list.
        config_form_view_cls: Adds and changes configurations; its manager is the one of these pages.
        namespace: Another name for a second set of pages; their names stay ``dovetail_integrations:…``.
    Returns:
        What to ``include()``.
    """
    return [path("", include((_patterns(list_view_cls, config_form_view_cls), app_name), namespace=namespace))]


def _patterns(
    list_view_cls: type[BaseIntegrationListView], config_form_view_cls: type[BaseIntegrationConfigFormView]
) -> list[URLPattern]:
    delete_view = IntegrationConfigDeleteView.as_view(form_view_class=config_form_view_cls)
    return [
        path("", list_view_cls.as_view(), name="list"),
        path("connect/<str:integration_id>/", ConnectView.as_view(), name="connect"),
        path("connections/<uuid:uuid>/", ConnectionView.as_view(), name="connection"),
        path("connections/<uuid:uuid>/edit/", ConnectionEditView.as_view(), name="connection-edit"),
        path("connections/<uuid:uuid>/test/", ConnectionTestView.as_view(), name="connection-test"),
        path("connections/<uuid:uuid>/remove/", ConnectionRemoveView.as_view(), name="connection-remove"),
        path("configure/<str:integration_id>/", config_form_view_cls.as_view(), name="config-add"),
        path("configurations/<int:config_id>/", config_form_view_cls.as_view(), name="config-change"),
        path("configurations/<int:config_id>/delete/", delete_view, name="config-delete"),
    ]


urlpatterns = _patterns(BaseIntegrationListView, BaseIntegrationConfigFormView)
