"""Stop when another package has silently changed the Django that is tested: ``assert_django.py 3.11 5.2``."""

import sys

import django

oldest_python, wanted = sys.argv[1:]
python = ".".join(map(str, sys.version_info[:2]))
found = django.get_version()
if sys.version_info < tuple(map(int, oldest_python.split("."))) or not found.startswith(f"{wanted}."):
    sys.exit(f"Tested on Python {python} with Django {found}, but {oldest_python} with {wanted} was meant.")
print(f"Tested on Python {python} with Django {found}.")
