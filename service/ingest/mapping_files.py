"""Finding a mapping: one that ships with the service, by its name, or a file of one's own."""

from importlib import resources
from pathlib import Path

from service.domain.imports.mapping import ImportMapping
from service.domain.imports.mapping_table import MappingProblem
from service.domain.imports.mapping_text import MappingRefused, parse_mapping

LARGEST_MAPPING = 256 * 1024
_SHIPPED = resources.files("service.ingest.mappings")


def shipped_mappings() -> list[str]:
    """The names that `load_mapping` knows without a file."""
    return sorted(entry.name.removesuffix(".toml") for entry in _SHIPPED.iterdir() if entry.name.endswith(".toml"))


def shipped_mapping(name: str) -> ImportMapping:
    """A mapping that ships with the service; raises `MappingRefused` with the names there are."""
    if name not in shipped_mappings():
        names = ", ".join(shipped_mappings())
        problem = MappingProblem(name, f"is neither a file nor a mapping that ships with the service ({names}).")
        raise MappingRefused([problem])
    return parse_mapping((_SHIPPED / f"{name}.toml").read_text("utf-8"), f"{name}.toml")


def load_mapping(name_or_path: str) -> ImportMapping:
    """A mapping by its name, or read from a file of one's own; raises `MappingRefused`."""
    path = Path(name_or_path)
    if name_or_path in shipped_mappings() or not path.is_file():
        return shipped_mapping(name_or_path)
    if path.stat().st_size > LARGEST_MAPPING:
        raise MappingRefused([MappingProblem(path.name, f"is larger than {LARGEST_MAPPING} bytes; is it a mapping?")])
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MappingRefused([MappingProblem(path.name, "is not UTF-8; save it as UTF-8.")]) from error
    return parse_mapping(text, path.name)
