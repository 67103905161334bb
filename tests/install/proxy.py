"""A real nginx on this machine with the example we ship, in front of the real app."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from install.build import HERE
from tests.server import free_port

NAME = "tongbao.example.gov.cn"
EXAMPLE = (HERE / "nginx.conf").read_text(encoding="utf-8")
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"  # a missing one is a failure, not a skip
PASSWORD = "p"
# Where people sign in at the proxy, this is what the example's comment says to do.
SIGN_IN = (
    'proxy_set_header X-Remote-User "";',
    'auth_basic "tongbao"; auth_basic_user_file {folder}/people; proxy_set_header X-Remote-User $remote_user;',
)
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
user root;
worker_processes 1;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/tongbao.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running nginx: its HTTPS address by the name it has, and its two ports."""

    url: str
    https: int
    http: int

    def asked(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """What it answers to a request for its name; `_` in a header's name stands for `-`."""
        unchecked = ssl._create_unverified_context()
        connection = HTTPSConnection("127.0.0.1", self.https, context=unchecked, timeout=60)
        given = {
            n.replace("_", "-"): v for n, v in ({"host": f"{NAME}:{self.https}"} | headers).items()
        }
        try:
            connection.request(method, path, body or None, given)
            answer = connection.getresponse()
            pairs = [(name.lower(), value) for name, value in answer.getheaders()]
            return Answer(answer.status, pairs, answer.read())
        finally:
            connection.close()


@dataclass(frozen=True)
class Answer:
    """An answer with every header as often as it came, names in lower case."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for key, value in self.headers if key == name]


def self_signed(folder: Path) -> None:
    """A certificate for the name, signed by nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    who, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)]), dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))


def configured(folder: Path, app: int, https: int, http: int, sign_in: bool) -> Path:
    """The example with this machine's ports and files in place; the file that includes it."""
    self_signed(folder)
    changes = [
        ("listen 443 ssl;", f"listen 127.0.0.1:{https} ssl;"), ("listen 80;", f"listen 127.0.0.1:{http};"),
        ("/etc/nginx/tongbao.crt", f"{folder}/crt"), ("/etc/nginx/tongbao.key", f"{folder}/key"),
        ("127.0.0.1:8501", f"127.0.0.1:{app}"), ("https://$host$", f"https://$host:{https}$"),
    ]  # fmt: skip
    if sign_in:
        changes.append((SIGN_IN[0], SIGN_IN[1].format(folder=folder)))
    text = EXAMPLE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "tongbao.conf").write_text(text, encoding="utf-8")
    whole = folder / "nginx.conf"
    whole.write_text(AROUND.format(folder=folder), encoding="utf-8")
    return whole


def checked(config: Path) -> str:
    """What `nginx -t` says of a configuration."""
    done = subprocess.run(
        [NGINX, "-t", "-q", "-c", config], capture_output=True, text=True, check=False
    )
    return done.stderr


@contextmanager
def in_front(folder: Path, app: int, *, sign_in: bool = False) -> Iterator[Proxy]:
    """nginx before the app on that port; sign_in: it asks who one is, and says so."""
    https, http = free_port(), free_port()
    process = subprocess.Popen([NGINX, "-c", configured(folder, app, https, http, sign_in)])
    try:
        end = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", https), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "error.log").read_text()
                assert time.monotonic() < end
                time.sleep(0.1)
        yield Proxy(f"https://{NAME}:{https}", https, http)
    finally:
        process.terminate()
        process.wait(timeout=60)
