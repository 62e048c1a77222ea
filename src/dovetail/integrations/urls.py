"""The URLs of this room."""

app_name = "dovetail_integrations"
urlpatterns: list[object] = []
