"""Installs and fills a tracker through Roundup's own Python interface; runs as a process of its own."""

import sys
from itertools import product
from typing import Any

import roundup.instance  # type: ignore[import-untyped] # Roundup has no types
from roundup.admin import AdminTool  # type: ignore[import-untyped] # Roundup has no types
from roundup.password import Password  # type: ignore[import-untyped] # Roundup has no types

FIRST_NAMES = ("Ada", "Blaise", "Chien-Shiung", "Donald", "Emmy", "François", "Grace", "Hedy", "İsmail", "John")
LAST_NAMES = ("Byrne", "Curie")
KEYWORDS = (
    *("accessibility", "api", "build", "database", "documentation", "e-mail", "import", "layout"),
    *("performance", "search", "security", "translation"),
)
SUBJECTS = (
    "The report",
    "Sign-in",
    "The export",
    "The calendar",
    "A long name",
    "The search box",
    "Printing",
    "The API",
)
FAULTS = (
    "is slow",
    "loses a line",
    "shows yesterday's date",
    "fails on a phone",
    "has no translation",
    "doubles a row",
    "times out",
)
PLACES = (
    "with many users",
    "after midnight",
    "in Firefox",
    "behind a proxy",
    "for “guests”",
    "on the first of the month",
)
STATUSES, PRIORITIES = 8, 5


def install(home: str, options: str, password: str) -> None:
    """
    Install and initialise a tracker of the classic template on SQLite, as ``roundup-admin`` does.

    Args:
        home: The folder, which does not exist yet.
        options: As for ``roundup-admin install``: names and values joined by ``=`` and commas.
        password: Of the account ``admin``.
    """
    for command in (["install", "classic", "sqlite", options], ["initialise", password]):
        sys.argv = ["roundup-admin", "-i", home, *command]
        if failed := AdminTool().main():
            sys.exit(failed)


def seed(home: str, username: str, password: str, issues: int) -> None:
    """
    Add an account, people, keywords and issues to a tracker that was installed and not started.

    Args:
        home: The tracker's folder.
        username: Of an account with the role User.
        password: Of this account.
        issues: How many; the same at each call.
    """
    database = roundup.instance.open(home).open("admin")
    try:
        secret = Password(password, config=database.config)
        database.user.create(username=username, password=secret, roles="User", realname="Dovetail")
        people = _add_people(database)
        keywords = [database.keyword.create(name=name) for name in KEYWORDS]
        for number in range(issues):
            database.issue.create(**_issue(number, people, keywords))
        database.commit()
    finally:
        database.close()


def _add_people(database: Any) -> list[str]:
    return [
        database.user.create(
            username=f"{last.lower()}{number}", realname=f"{first} {last}", address=f"person{number}@example.org"
        )
        for number, (first, last) in enumerate(product(FIRST_NAMES, LAST_NAMES))
    ]


def _issue(number: int, people: list[str], keywords: list[str]) -> dict[str, Any]:
    subject, fault, place = (words[number // step % len(words)] for words, step in _TITLE_PARTS)
    return {
        "title": f"{subject} {fault} {place}",
        "status": str(1 + number % STATUSES),
        "priority": str(1 + number // 3 % PRIORITIES),
        "keyword": [keywords[(number + step) % len(keywords)] for step in range(number % 3)],
        "assignedto": people[number % len(people)] if number % 5 else None,
    }


_TITLE_PARTS = ((SUBJECTS, 1), (FAULTS, len(SUBJECTS)), (PLACES, len(SUBJECTS) * len(FAULTS)))


if __name__ == "__main__":
    _, home_, options_, username_, password_, issues_ = sys.argv
    install(home_, options_, password_)
    seed(home_, username_, password_, int(issues_))
