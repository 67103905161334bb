"""Mail: one plain-text message to everybody who is set, over TLS where the server offers it."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import ClassVar

from lib.logs import log
from lib.notices.message import Message, as_text
from lib.notices.posting import SECONDS, DeliveryError, reason
from lib.settings.notices import MailServer


@dataclass(frozen=True)
class Mail:
    """A mail server, whose name the mail bears, and who gets it."""

    id: ClassVar[str] = "mail"
    name: ClassVar[str] = "邮件"
    most: ClassVar[int] = 200_000
    server: MailServer
    sender: str
    receivers: tuple[str, ...]
    seconds: float = SECONDS

    def text(self, message: Message) -> str:
        """What of a message counts against `most`."""
        return as_text(message)

    def send(self, message: Message) -> str:
        """Deliver a message; how many receivers were refused, "" where none. Raises DeliveryError."""
        try:
            refused = self._send(self._mail(message))
        except smtplib.SMTPAuthenticationError as error:
            raise DeliveryError(f"邮件服务器不接受账号或密码（{error.smtp_code}）") from error
        except smtplib.SMTPRecipientsRefused as error:
            raise DeliveryError("邮件服务器不接受任何一个收件人") from error
        except smtplib.SMTPResponseException as error:
            passing = 400 <= error.smtp_code < 500
            raise DeliveryError(
                f"邮件服务器没有接收（{error.smtp_code}）", passing=passing
            ) from error
        except smtplib.SMTPServerDisconnected as error:
            raise DeliveryError("邮件服务器没有答复或断开了连接", passing=True) from error
        except smtplib.SMTPException as error:
            raise DeliveryError(f"邮件没有发出（{reason(error)}）") from error
        except TimeoutError as error:
            raise DeliveryError(f"邮件服务器{self.seconds:g}秒内没有答复", passing=True) from error
        except ssl.SSLCertVerificationError as error:
            raise DeliveryError("邮件服务器的证书不可信") from error
        except OSError as error:
            raise DeliveryError(f"没有连上邮件服务器（{reason(error)}）", passing=True) from error
        return f"{refused}个收件人被拒" if refused else ""

    def _mail(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = (
            message.title,
            self.sender,
            ", ".join(self.receivers),
        )
        mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain=self._domain)
        mail["Auto-Submitted"] = "auto-generated"  # nobody's absence note comes back
        mail.set_content(as_text(message), cte="base64")
        return mail

    @property
    def _domain(self) -> str:
        return self.sender.partition("@")[2]

    def _send(self, mail: EmailMessage) -> int:
        """How many receivers the server refused."""
        connection = self._connected()
        try:
            self._begin(connection)
            refused = connection.send_message(mail)
            with suppress(smtplib.SMTPException, OSError):  # it has the mail
                connection.quit()
        finally:
            connection.close()
        if refused:
            log.warning("mail refused in part", receivers=len(refused))
        return len(refused)

    def _connected(self) -> smtplib.SMTP:
        where = (self.server.host, self.server.port, self._domain)
        if self.server.secure:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(*where, timeout=self.seconds, context=context)
        return smtplib.SMTP(*where, timeout=self.seconds)

    def _begin(self, connection: smtplib.SMTP) -> None:
        """Encrypt where that is offered, and log in; a password never goes in clear."""
        connection.ehlo()
        if not self.server.secure and connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo()
        elif not self.server.secure and self.server.user:
            raise DeliveryError("邮件服务器不支持加密，没有把密码发给它")
        if self.server.user:
            connection.login(self.server.user, self.server.password)
