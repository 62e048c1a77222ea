"""The URLs of the test project."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("integrations/", include("dovetail.integrations.urls")),
    path("sync/", include("dovetail.connector.urls")),
]
