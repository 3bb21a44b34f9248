"""How the program speaks at a terminal: results on standard output, everything else on standard error."""

import sys
from typing import Any, Final

from pydantic import ValidationError
from rich.console import Console
from typer import Exit
from typer.core import TyperGroup

from service.databases import Refusal
from service.domain.errors import DomainError
from service.embedded import EmbeddedPostgresError
from service.settings import Settings

result: Final = Console(highlight=False, soft_wrap=True)
aside: Final = Console(stderr=True, highlight=False, soft_wrap=True)


class Commands(TyperGroup):
    """Commands whose refusals are one sentence and a status, not a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Raises Exit."""
        try:
            return super().invoke(ctx)
        except (Refusal, EmbeddedPostgresError) as error:
            sentence = str(error)
        except DomainError as error:
            sentence = error.detail
        sys.stderr.write(f"{' '.join(sentence.split())}\n")
        raise Exit(1)


def settings(**given: Any) -> Settings:
    """The settings of the environment, and what the command line says instead. Raises Refusal."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        # The message shows no value: some of them are secrets.
        wrong = "; ".join(
            f"TALENTSPOR_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors()
        )
        raise Refusal(f"A setting is wrong: {wrong}.") from error
