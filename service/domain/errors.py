"""What can go wrong, in the domain's own words.

    DomainError
    ├── Invalid             well-formed, but a value is not acceptable (422)
    ├── Forbidden           the actor sees it but may not do it (403)
    ├── NotFound            it does not exist, or the actor may not know that it does (404)
    └── Conflict            a rule of the domain says no, given what is stored (409)
        └── StaleVersion    somebody else changed it first (412)

Each carries a stable code. The doors translate kinds to status codes; `service/api/problems` holds each
code's title and meaning in every language.
"""


class DomainError(Exception):
    """A refusal that the caller can understand and act on.

    `code` is stable and documented; `detail` is one English sentence; `pointer` is a JSON pointer into the
    input where one field is to blame.
    """

    def __init__(self, code: str, detail: str, *, pointer: str | None = None) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.pointer = pointer


class Invalid(DomainError):
    """A value that is well-formed but not acceptable."""


class Forbidden(DomainError):
    """Visible to the actor, but not theirs to do."""


class NotFound(DomainError):
    """It does not exist, or the actor may not know that it does."""

    def __init__(self, what: str, which: object) -> None:
        super().__init__("not_found", f"There is no {what} {which} that you may see.")


class Conflict(DomainError):
    """A rule of the domain, given what is stored, says no."""


class StaleVersion(Conflict):
    """Somebody else changed it first; read it again and decide anew."""

    def __init__(self, what: str, expected: int, actual: int) -> None:
        super().__init__(
            "stale_version", f"The {what} is at version {actual}, not {expected}. Read it again and retry."
        )
