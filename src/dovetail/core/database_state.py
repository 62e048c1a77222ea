"""Shared state in a database table."""

from datetime import timedelta

from django.db import IntegrityError, router, transaction
from django.db.models import Q, QuerySet

from dovetail.core import clock
from dovetail.core.models import State
from dovetail.core.state import end_of


class DatabaseState:
    """
    Shared by every process that has the database.

    It takes part in the caller's transaction: others see a value when that commits.
    """

    def get(self, key: str) -> str | None:
        return _rows(key).filter(_still_valid()).values_list("value", flat=True).first()

    def set(self, key: str, value: str, ttl: timedelta | None) -> None:
        State.objects.bulk_create(
            [State(key=key, value=value, expires_at=end_of(ttl))],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["value", "expires_at"],
        )

    def add(self, key: str, value: str, ttl: timedelta | None) -> bool:
        if _rows(key).filter(expires_at__lte=clock.now()).update(value=value, expires_at=end_of(ttl)):
            return True
        try:
            with transaction.atomic(using=router.db_for_write(State)):
                State.objects.create(key=key, value=value, expires_at=end_of(ttl))
        except IntegrityError:
            return False
        return True

    def compare_and_set(self, key: str, expected: str | None, value: str, ttl: timedelta | None) -> bool:
        if expected is None:
            return self.add(key, value, ttl)
        same = _rows(key).filter(_still_valid(), value=expected)
        return bool(same.update(value=value, expires_at=end_of(ttl)))

    def delete(self, key: str) -> None:
        _rows(key).delete()


def _rows(key: str) -> QuerySet[State]:
    return State.objects.filter(key=key)


def _still_valid() -> Q:
    return Q(expires_at=None) | Q(expires_at__gt=clock.now())
