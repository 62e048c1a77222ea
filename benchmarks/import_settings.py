"""The settings of the process that imports: those of the tests, on the database that the environment names."""

import os

from tests.jobs.project import database_settings
from tests.settings import *  # noqa: F403 -- settings are extended this way

DATABASES = {"default": database_settings(os.environ["DOVETAIL_TEST_IMPORT_DATABASE"])}
