"""What the desk keeps in sync with a tracker."""

from desk.mappers import TicketMapper
from desk.models import TicketBinding

from dovetail.services.roundup.adapters import IssueAdapter
from dovetail.services.roundup.streams import RoundupStream


class Tickets(RoundupStream):
    """The tracker's issues as tickets."""

    binding, mapper, adapter = TicketBinding, TicketMapper, IssueAdapter
