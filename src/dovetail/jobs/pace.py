"""How long a worker waits, and how much it takes at once."""


class Pauses:
    """
    Waits that double: short while things happen, long while nothing does.

    Args:
        first: Seconds.
        longest: Seconds; where the doubling ends.
    """

    def __init__(self, first: float, longest: float) -> None:
        self._first = first
        self._longest = longest
        self._next = first

    def next(self) -> float:
        """Return the seconds to wait now; the next wait is twice as long."""
        pause, self._next = self._next, min(self._next * 2, self._longest)
        return pause

    def reset(self) -> None:
        """Begin with the first wait again."""
        self._next = self._first


class Appetite:
    """
    How many jobs a worker leases ahead: what its threads can run in a tenth of a second.

    Many short jobs share one statement; long ones are taken one by one, so that they wait for no busy worker.

    Args:
        most: The most jobs for all threads together.
    """

    HORIZON_SECONDS = 0.1
    LONGEST_SECONDS = 1.0
    """What a longer job counts, so that one of an hour is soon forgotten."""
    SHORTEST_SECONDS = 0.0001
    WEIGHT = 0.1

    def __init__(self, most: int) -> None:
        self._most = most
        self._average_seconds = self.HORIZON_SECONDS

    def learn(self, seconds: float) -> None:
        """Take into account how long a job took."""
        difference = min(seconds, self.LONGEST_SECONDS) - self._average_seconds
        self._average_seconds += self.WEIGHT * difference

    def size(self, threads: int) -> int:
        """Return how many jobs so many free threads should have before them."""
        each = max(1, int(self.HORIZON_SECONDS / max(self._average_seconds, self.SHORTEST_SECONDS)))
        return min(threads * each, self._most)
