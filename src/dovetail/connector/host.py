"""Who works on a run: a worker between other jobs, or the thread of whoever asked."""

from datetime import datetime

from dovetail.connector.run import Run
from dovetail.connector.turn import Turn


class Host:
    """Does a run in this thread, to its end; a subclass may do it otherwise."""

    def schedule(self, run: Run, at: datetime | None) -> None:
        """See to it that the run's next turn comes, at a time or soon; here whoever called goes on by itself."""

    def ends_turn(self, turn: Turn) -> bool:
        """Tell whether the run shall go on in another turn, because something else is due here."""
        return False

    def show(self, run: Run) -> None:
        """Show how far the run got; called after each page and before each wait."""
