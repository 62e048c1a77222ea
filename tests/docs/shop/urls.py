"""The shop's own pages."""

from django.http import HttpResponse
from django.urls import include, path

patterns = [path("orders/", lambda request: HttpResponse("orders"), name="orders")]
urlpatterns = [path("shop/", include((patterns, "shop")))]
