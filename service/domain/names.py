"""Names on the wire are camelCase, names in the code are snake_case."""


def camel(name: str) -> str:
    """`host_unit_id` → `hostUnitId`."""
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)


def snake(name: str) -> str:
    """`hostUnitId` → `host_unit_id`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
