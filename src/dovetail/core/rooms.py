"""Which Django apps a room needs, for ``INSTALLED_APPS``.

Settings files import this module, so it imports nothing of Django.
"""

NEEDS: dict[str, tuple[str, ...]] = {
    "core": (),
    "ui": ("core",),
    "jobs": ("core", "ui"),
    "clients": ("core", "ui"),
    "integrations": ("core", "ui", "jobs", "clients"),
    "connector": ("integrations",),
    "services.coffee": ("connector",),
    "services.roundup": ("connector",),
    "hub": ("connector",),
}


def apps(*rooms: str) -> list[str]:
    """
    List the Django apps of the named rooms and of every room they need, in the order of the house.

    Args:
        rooms: Names as in the house, such as ``"integrations"`` or ``"services.coffee"``.
    Returns:
        Entries for ``INSTALLED_APPS``, each once.
    Raises:
        ValueError: a name is not a room; the message lists those that are.
    """
    wanted = {room for name in rooms for room in _with_needs(name)}
    return [f"dovetail.{room}" for room in NEEDS if room in wanted]


def _with_needs(room: str) -> set[str]:
    if room not in NEEDS:
        raise ValueError(f"dovetail.apps(): there is no room {room!r}; the rooms are {', '.join(sorted(NEEDS))}.")
    return {room}.union(*(_with_needs(need) for need in NEEDS[room]))
