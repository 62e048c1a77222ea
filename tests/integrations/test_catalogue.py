"""The list of what is connected and what can be."""

from django.contrib import admin
from django.test import Client, override_settings
from django.urls import include, path

from dovetail.integrations.manager import IntegrationManager
from dovetail.integrations.models import IntegrationConfig
from dovetail.integrations.urls import build_integration_urlpatterns
from dovetail.integrations.views import (
    BaseAdminIntegrationConfigFormView,
    BaseAdminIntegrationListView,
    BaseIntegrationConfigFormView,
    BaseIntegrationListView,
)
from tests.integrations.conftest import user_with
from tests.integrations.shop import ShopIntegration, connect_shop

own_manager = IntegrationManager(IntegrationConfig)


class OwnManagerMixin:
    @classmethod
    def get_integration_manager(cls) -> IntegrationManager:
        return own_manager


class ListView(OwnManagerMixin, BaseIntegrationListView):
    pass


class FormView(OwnManagerMixin, BaseIntegrationConfigFormView):
    pass


class AdminListView(BaseAdminIntegrationListView):
    pass


class AdminFormView(BaseAdminIntegrationConfigFormView):
    pass


urlpatterns = [
    path("admin/", admin.site.urls),
    path("integrations/", include("dovetail.integrations.urls")),
    path("own/", include(build_integration_urlpatterns(ListView, FormView, namespace="own"))),
    path("admin-pages/", include(build_integration_urlpatterns(AdminListView, AdminFormView, namespace="staff"))),
]


def test_the_empty_list_says_what_to_do_next(shop: ShopIntegration, browser: Client) -> None:
    page = browser.get("/integrations/").content.decode()
    assert "Nothing is connected yet" in page
    assert "Choose a service below" in page
    assert "Sends the orders of a web shop." in page
    assert "/integrations/connect/test.shop-1/" in page


def test_a_connection_is_listed_with_its_account_and_state(shop: ShopIntegration, browser: Client) -> None:
    connect_shop(state="unreachable", reason="Web shop did not answer in time.")
    page = browser.get("/integrations/").content.decode()
    assert "Our shop" in page
    assert "Web shop did not answer in time." in page
    assert "Unreachable" in page
    assert 'aria-label="Connect another Web shop"' in page  # begins with the words that are seen


def test_a_failed_integration_is_shown_with_its_reason(shop: ShopIntegration, browser: Client) -> None:
    shop.start_error = RuntimeError("no printer")
    IntegrationConfig.objects.create(integration_id=shop.integration_id, name="Orders", enabled=True)
    assert "no printer" in browser.get("/integrations/").content.decode()


def test_the_menu_leads_to_the_list(shop: ShopIntegration, browser: Client) -> None:
    assert '<a href="/integrations/" aria-current="page">' in browser.get("/integrations/").content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_an_application_s_own_manager_has_its_own_pages(browser: Client) -> None:
    own_manager.register_integration_class(ShopIntegration)
    try:
        page = browser.get("/own/").content.decode()
        assert "/own/configure/test.shop-1/" in page
        connection = connect_shop()
        values = {"name": "Orders", "channel": "#a", "connection": connection.pk}
        assert browser.post("/own/configure/test.shop-1/", values)["Location"] == "/own/"
        assert browser.get("/integrations/configure/test.shop-1/").status_code == 404
    finally:
        own_manager.shutdown()


@override_settings(ROOT_URLCONF=__name__)
def test_the_pages_of_the_administration_are_for_staff(
    shop: ShopIntegration, browser: Client, admin_client: Client
) -> None:
    page = admin_client.get("/admin-pages/").content.decode()
    assert "Web shop" in page
    assert "/admin-pages/configure/test.shop-1/" in page
    assert "#orders" in admin_client.get("/admin-pages/configure/test.shop-1/").content.decode()
    assert browser.get("/admin-pages/").status_code == 403
    assert Client().get("/admin-pages/")["Location"].startswith("/admin/login/")
    staff = user_with(name="staff")
    staff.is_staff = True
    staff.save()
    clerk = Client()
    clerk.force_login(staff)
    assert clerk.get("/admin-pages/").status_code == 403
