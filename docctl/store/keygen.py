"""The one place that runs ``ssh-keygen``: it signs, and it says which public key a private key has.

ssh-keygen asks for itself: for a passphrase or a PIN on the terminal or by an askpass program, for a
touch on standard error. What it writes there is passed on at once where standard error is a terminal,
and kept in any case for the reason of a failure.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import threading
from pathlib import Path

from docctl.errors import UsageError
from docctl.message import msg

SECONDS = 120
MOST_KEY_FILE = 16 * 1024

_GRACE = 5
_MOST_HEARD = 64 * 1024
_FIRST_LINE = b"-----BEGIN SSH SIGNATURE-----\n"
_NO_REASON = "Signing data on standard input"
_VARIABLES = (
    "PATH", "HOME", "TERM", "SSH_AUTH_SOCK", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "SSH_SK_PROVIDER",
    "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR",  # without these no askpass window
)  # fmt: skip


def sign(key: Path, message: bytes, namespace: str, *, seconds: int = SECONDS) -> bytes:
    """The armored signature (PROTOCOL.sshsig) of these bytes for this purpose; it is not verified here.

    ``key`` is a private key, or a ``.pub`` file whose private half is in the agent, on a FIDO2 token or
    beside it. Raises ``UsageError`` when there is no signature, for whatever reason.
    """
    key = _file(key)
    signature = _run(key, ["-Y", "sign", "-n", namespace, "-f", str(key)], message, seconds)
    if not signature.startswith(_FIRST_LINE):
        raise _failure(key, "what it wrote is no signature")
    return signature


def public_line(key: Path, *, seconds: int = SECONDS) -> str:
    """The line "kind base64 comment" of a private or public key: from its ``.pub`` file, or by ssh-keygen.

    It is one line, not looked into here. Raises ``UsageError``.
    """
    key = _file(key)
    source = key if key.suffix == ".pub" else key.with_name(key.name + ".pub")
    if source.is_file():
        try:
            with source.open("rb") as stream:
                content = stream.read(MOST_KEY_FILE + 1)
        except OSError as error:
            raise _no_key(source) from error
    else:
        content = _run(key, ["-y", "-f", str(key)], b"", seconds)
    lines = content.decode("utf-8", "replace").splitlines()
    if len(lines) != 1 or len(content) > MOST_KEY_FILE:
        raise _no_key(source)
    return lines[0]


def _file(key: Path) -> Path:
    """The absolute path, which cannot be taken for an option. Raises ``UsageError`` where no file is."""
    path = Path(os.path.abspath(key))
    if not path.is_file():
        raise UsageError(
            msg("there is no key file {key}", key=str(path)),
            msg("name the file of your key; the command ssh-keygen -t ed25519 makes a new one"),
        )
    return path


def _run(key: Path, arguments: list[str], given: bytes, seconds: int) -> bytes:
    """Standard output of ssh-keygen. Raises ``UsageError`` when it is missing, fails or takes too long."""
    program = shutil.which("ssh-keygen")
    if program is None or not Path(program).is_absolute():  # never one that lies in the folder it is called in
        raise UsageError(
            msg("the program ssh-keygen was not found"),
            msg("install OpenSSH; on Debian and Ubuntu its package is openssh-client"),
        )
    hears, speaks = os.pipe()
    heard = bytearray()
    relay = threading.Thread(target=_relay, args=(hears, heard), daemon=True)
    relay.start()
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen([program, *arguments], stdin=pipe, stdout=pipe, stderr=speaks, env=_environment())
    except OSError as error:
        raise _failure(key, str(error)) from error
    finally:
        os.close(speaks)
    output = _finished(key, process, given, seconds)
    relay.join(_GRACE)  # an askpass program may hold the pipe open for longer
    if process.returncode != 0:
        raise _failure(key, heard.decode("utf-8", "replace") or f"exit {process.returncode}")
    return output


def _finished(key: Path, process: subprocess.Popen[bytes], given: bytes, seconds: int) -> bytes:
    with process:
        try:
            return process.communicate(given, timeout=seconds)[0]
        except subprocess.TimeoutExpired as error:
            process.terminate()  # gently first: ssh-keygen then switches the terminal's echo on again
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_GRACE)
            process.kill()
            raise UsageError(
                msg(
                    "ssh-keygen gave no answer with the key {key} for {seconds} seconds", key=str(key), seconds=seconds
                ),
                msg("try again, and enter the passphrase or touch the token when it asks"),
            ) from error


def _relay(hears: int, heard: bytearray) -> None:
    terminal = os.isatty(2)
    with open(hears, "rb", buffering=0) as errors:
        while chunk := errors.read(4096):
            heard.extend(chunk[: _MOST_HEARD - len(heard)])
            if terminal:
                with contextlib.suppress(OSError):
                    os.write(2, chunk)


def _environment() -> dict[str, str]:
    """What ssh-keygen needs to reach agent, terminal and token, and nothing else.

    Its standard input is the message, which it would otherwise read as the passphrase where there is no
    terminal; and where there is one, it would prefer an askpass program even if none is installed.
    """
    environment = {name: os.environ[name] for name in _VARIABLES if name in os.environ}
    if "SSH_ASKPASS_REQUIRE" not in environment:
        if not _has_terminal():
            environment["SSH_ASKPASS_REQUIRE"] = "force"
        elif "SSH_ASKPASS" not in environment:
            environment["SSH_ASKPASS_REQUIRE"] = "never"
    return {**environment, "LC_ALL": "C"}


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _failure(key: Path, heard: str) -> UsageError:
    """Why there was no answer, in a sentence, as far as ssh-keygen's own words are known."""
    name = str(key)
    if "UNPROTECTED PRIVATE KEY" in heard:
        return UsageError(
            msg("others may read the private key {key}, so that ssh-keygen does not use it", key=name),
            msg("make it yours alone: chmod 600 {key}", key=name),
        )
    if "incorrect passphrase" in heard:
        return UsageError(
            msg("the passphrase or PIN of {key} was wrong or was not entered", key=name),
            msg("try again in a terminal, or give the key to the agent before: ssh-add"),
        )
    if "agent refused" in heard:
        return UsageError(
            msg("the agent refused to sign with the key {key}", key=name),
            msg("confirm the signature when the agent asks, or touch the token when it blinks"),
        )
    if "No private key found" in heard:
        return UsageError(
            msg("the private half of the key {key} is neither in the agent nor beside it", key=name),
            msg("give the key to the agent (ssh-add), or name the file of the private key"),
        )
    if "load public key" in heard or "Load key" in heard:
        return _no_key(key)
    lines = [line for line in heard.splitlines() if line and line != _NO_REASON]
    reason = "".join(char if char.isprintable() else " " for char in " / ".join(lines))[:500]
    return UsageError(
        msg("ssh-keygen gave no answer with the key {key}: {reason}", key=name, reason=reason),
        msg("try the key by itself: ssh-keygen -Y sign -n test -f {key}", key=name),
    )


def _no_key(key: Path) -> UsageError:
    return UsageError(
        msg("{key} is no key file that ssh-keygen can read", key=str(key)),
        msg("name the file of your key; the command ssh-keygen -t ed25519 makes a new one"),
    )
