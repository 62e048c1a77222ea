"""The pages of this room."""

from dovetail.connector.views.problems import ProblemListView, ProblemView, RetryAllView, RetryView
from dovetail.connector.views.records import RecordListView
from dovetail.connector.views.runs import CancelView, ResumeView, RunListView, RunLiveView, RunView
from dovetail.connector.views.sync import PanelView, SyncAllView, SyncView

__all__ = [
    "CancelView",
    "PanelView",
    "ProblemListView",
    "ProblemView",
    "RecordListView",
    "ResumeView",
    "RetryAllView",
    "RetryView",
    "RunListView",
    "RunLiveView",
    "RunView",
    "SyncAllView",
    "SyncView",
]
