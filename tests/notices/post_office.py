"""A mail server on this machine, with a certificate that this process trusts, or does not."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

USER, PASSWORD = "tongbao@example.gov.cn", "geheim/@:4711"
HOST = "127.0.0.1"


@dataclass
class PostOffice:
    """What arrived, and how it is answered: `refusal` is given instead of taking a mail."""

    port: int = 0
    refusal: str = ""
    bad: frozenset[str] = frozenset()
    hangs: bool = False
    mails: list[EmailMessage] = field(default_factory=list)
    receivers: list[list[str]] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take a receiver, or not."""
        if address in self.bad:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail, or not."""
        if self.hangs:
            while not self.ended.is_set():
                await asyncio.sleep(0.02)
        if self.refusal:
            return self.refusal
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.receivers.append(list(envelope.rcpt_tos))
        assert server.transport is not None
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        return "250 OK"

    def login(
        self, _server: SMTP, _session: Any, _envelope: Any, _how: str, data: LoginPassword
    ) -> AuthResult:
        """Whether a password is right."""
        self.passwords.append(data.password.decode())
        right = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
        return AuthResult(success=right, handled=right)


@contextmanager
def post_office(
    certificate: Path | None = None, *, secure: bool = False, login: bool = False
) -> Iterator[PostOffice]:
    """A server. certificate: what it encrypts with, None where it cannot; secure: from the first byte"""
    here = PostOffice()
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    options: dict[str, Any] = {"hostname": HOST}
    if context and not secure:
        options |= {"tls_context": context, "require_starttls": login}
    if login:
        options |= {"authenticator": here.login, "auth_required": True}
        options |= {"auth_require_tls": not secure}
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(
        loop.create_server(
            lambda: SMTP(here, loop=loop, **options), HOST, 0, ssl=context if secure else None
        ),
        loop,
    ).result(20)
    here.port = server.sockets[0].getsockname()[1]
    try:
        yield here
    finally:
        here.ended.set()
        asyncio.run_coroutine_threadsafe(_closed(server), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(20)
        loop.close()


async def _closed(server: asyncio.Server) -> None:
    """Take no more connections, and end what is left of those there are."""
    server.close()
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


def certificate(folder: Path, name: str = HOST) -> Path:
    """A certificate of this machine by itself, with its key, in one file; made in a moment."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "tongbao test")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path
