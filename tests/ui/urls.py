"""The URLs of the style pages."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from tests.ui.pages import pages

urlpatterns = [
    path("", pages.parts, name="parts"),
    path("connections/", pages.connections, name="connections"),
    path("form/", pages.form, name="form"),
    path("run/", pages.run, name="run"),
    path("records/", pages.records, name="records"),
    path("problem/", pages.problem, name="problem"),
    path("broken/", pages.broken, name="broken"),
    path("empty/", pages.empty, name="empty"),
    path("confirm/", pages.confirm, name="confirm"),
    path("sign-in/", LoginView.as_view(template_name="dovetail/ui/sign_in.html"), name="login"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
]
handler404 = "dovetail.ui.views.page_not_found"
handler403 = "dovetail.ui.views.permission_denied"
handler500 = "dovetail.ui.views.server_error"
