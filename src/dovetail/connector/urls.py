"""The addresses of this room's pages."""

from django.urls import path

from dovetail.connector.views import (
    CancelView,
    PanelView,
    ProblemListView,
    ProblemView,
    RecordListView,
    ResumeView,
    RetryAllView,
    RetryView,
    RunListView,
    RunLiveView,
    RunView,
    SyncAllView,
    SyncView,
)

app_name = "dovetail_connector"

urlpatterns = [
    path("", RunListView.as_view(), name="runs"),
    path("runs/<uuid:uuid>/", RunView.as_view(), name="run"),
    path("runs/<uuid:uuid>/live/", RunLiveView.as_view(), name="run-live"),
    path("runs/<uuid:uuid>/cancel/", CancelView.as_view(), name="run-cancel"),
    path("runs/<uuid:uuid>/resume/", ResumeView.as_view(), name="run-resume"),
    path("problems/<int:pk>/", ProblemView.as_view(), name="problem"),
    path("problems/<int:pk>/retry/", RetryView.as_view(), name="problem-retry"),
    path("connections/<uuid:uuid>/streams/", PanelView.as_view(), name="streams"),
    path("connections/<uuid:uuid>/sync/", SyncAllView.as_view(), name="sync-all"),
    path("connections/<uuid:uuid>/<str:stream>/sync/", SyncView.as_view(), name="sync"),
    path("connections/<uuid:uuid>/<str:stream>/records/", RecordListView.as_view(), name="records"),
    path("connections/<uuid:uuid>/<str:stream>/problems/", ProblemListView.as_view(), name="problems"),
    path("connections/<uuid:uuid>/<str:stream>/problems/retry/", RetryAllView.as_view(), name="problems-retry"),
]
