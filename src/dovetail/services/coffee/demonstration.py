"""The account that every demonstration coffee machine has. It is public and protects nothing."""

USERNAME = "barista"
PASSWORD = "flat-white-4711"  # noqa: S105 -- public on purpose
