"""Where everything is in the ready-made project."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from dovetail.hub.sign_in import sign_in_once

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="dovetail_integrations:list"), name="home"),
    path(
        "sign-in/",
        LoginView.as_view(template_name="dovetail/ui/sign_in.html", redirect_authenticated_user=True),
        name="sign-in",
    ),
    path("sign-in/once/<str:name>/<str:token>/", sign_in_once, name="sign-in-once"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("language/", set_language, name="set-language"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}dovetail/ui/favicon.svg")),
    path("integrations/", include("dovetail.integrations.urls")),
    path("sync/", include("dovetail.connector.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "dovetail.ui.views.bad_request"
handler403 = "dovetail.ui.views.permission_denied"
handler404 = "dovetail.ui.views.page_not_found"
handler500 = "dovetail.ui.views.server_error"
