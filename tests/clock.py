"""A clock that a test can move."""

from datetime import UTC, datetime, timedelta


class MovableClock:
    """Starts on a Monday morning and moves only when told to; a microsecond a look, so that order shows."""

    def __init__(self) -> None:
        self.now = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)
