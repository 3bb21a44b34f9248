"""Settings: `TALENTSPOR_*` variables of the environment."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator can set. Every variable is `TALENTSPOR_` and the field's name in capitals."""

    model_config = SettingsConfigDict(env_prefix="TALENTSPOR_", extra="ignore")

    env: Literal["production", "development"] = Field(
        default="production",
        description="`development` adds the local token issuer; never set it where real data is.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="Postgres 15 or newer, as the service's own role: no superuser, no BYPASSRLS. "
        "Unset, `talentspor demo` starts the embedded one.",
    )
    migration_database_url: SecretStr | None = Field(
        default=None, description="The same database as the role that owns the schema; used by `talentspor migrate`."
    )
    database_binding: Literal["session", "transaction"] = Field(
        default="session",
        description="How a connection is bound to its organisation: `transaction` behind PgBouncer in transaction "
        "mode.",
    )
    queue_database_url: SecretStr | None = Field(
        default=None,
        description="The same database without a pooler in between, for what is done when its time comes; needed "
        "where the binding is `transaction`.",
    )
    pool_size: int = Field(default=16, ge=1, le=200, description="Connections to Postgres, per worker.")
    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="The port to listen on.")
    data_dir: Path | None = Field(
        default=None, description="Where the embedded Postgres and the development issuer's key live."
    )
    demo_scale: float = Field(
        default=1.0, ge=0.05, le=5, description="How large the demo's municipality is made; 1 is 20,000 employees."
    )
    public_url: str | None = Field(
        default=None,
        description="The address that callers use, where a proxy stands in front. Certificates name it for good.",
    )
    graphql_depth: int = Field(default=12, ge=1, description="How deep a GraphQL document may nest.")
    graphql_rows: int = Field(
        default=20_000, ge=1, description="How many rows a GraphQL document may ask for at worst."
    )
    graphql_aliases: int = Field(default=60, ge=0, description="How many aliases a GraphQL document may have.")
    graphql_tokens: int = Field(default=4_000, ge=1, description="How many tokens a GraphQL document may have.")
    body_limit: int = Field(
        default=1_000_000, ge=1_000, description="The largest request body in bytes, uploads apart."
    )
    upload_limit: int = Field(
        default=200_000_000, ge=1_000, description="The largest export that can be imported over REST, in bytes."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="What is logged.")
    log_form: Literal["json", "lines"] | None = Field(
        default=None, description="JSON for machines, or lines for people. Unset: `json` in production."
    )

    @property
    def address(self) -> str:
        """Where callers reach the service; certificates name it for good."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
