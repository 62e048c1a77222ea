"""The URLs of this room."""

app_name = "dovetail_connector"
urlpatterns: list[object] = []
