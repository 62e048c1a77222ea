"""What is kept in sync with a tracker."""

from django.utils.translation import gettext_lazy as _

from dovetail.connector.stream import Stream
from dovetail.services.roundup import adapters, mappers, models
from dovetail.services.roundup.integration import RoundupIntegration

PAGE_SIZE = 250


class RoundupStream(Stream):
    """What all streams of a tracker have in common."""

    integration = RoundupIntegration
    page_size = PAGE_SIZE


class Statuses(RoundupStream):
    """How far the work on an issue may be."""

    label = _("Statuses")
    binding, mapper, adapter = models.StatusBinding, mappers.StatusMapper, adapters.StatusAdapter


class Priorities(RoundupStream):
    """How much an issue may matter."""

    label = _("Priorities")
    binding, mapper, adapter = models.PriorityBinding, mappers.PriorityMapper, adapters.PriorityAdapter


class Keywords(RoundupStream):
    """What issues have in common."""

    label = _("Keywords")
    binding, mapper, adapter = models.KeywordBinding, mappers.KeywordMapper, adapters.KeywordAdapter


class People(RoundupStream):
    """Who creates issues and works on them."""

    label = _("People")
    binding, mapper, adapter = models.PersonBinding, mappers.PersonMapper, adapters.PersonAdapter


class Issues(RoundupStream):
    """What somebody wants to see done."""

    label = _("Issues")
    binding, mapper, adapter = models.IssueBinding, mappers.IssueMapper, adapters.IssueAdapter
