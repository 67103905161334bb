"""Notices as mail, to a server that really takes it: encrypted, signed in, refused, slow, gone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from lib.notices.channels import channels
from lib.notices.delivery import Outcome, deliver
from lib.notices.folder import Folder
from lib.notices.mail import Mail
from lib.notices.posting import DeliveryError
from lib.notices.shown import delivered
from lib.settings.notices import Endpoints, endpoints
from tests.notices.post_office import HOST, PASSWORD, USER, PostOffice, certificate, post_office
from tests.notices.scene import Clock, record
from tests.notices.told import kept, message

FROM, TO = "tongbao@example.gov.cn", "a@example.gov.cn, b@example.gov.cn"


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def trusted(own_certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The certificate, as an office has its own ones trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(own_certificate))
    return own_certificate


def mail(
    office: PostOffice, scheme: str = "smtp", login: bool = False, seconds: float = 20
) -> Mail:
    who = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@" if login else ""
    return of(f"{scheme}://{who}{HOST}:{office.port}", seconds)


def of(address: str, seconds: float = 20) -> Mail:
    found = set_to(address)
    assert found.mail is not None
    return Mail(found.mail, found.sender, found.receivers, seconds)


def set_to(address: str) -> Endpoints:
    names = {"SMTP": address, "MAIL_FROM": FROM, "MAIL_TO": TO}
    return endpoints({f"TONGBAO_NOTICE_{name}": value for name, value in names.items()})


def sent(folder: Folder, way: Mail, clock: Clock) -> Outcome:
    return deliver(folder, [way], Endpoints(), clock, clock.pause, ())


def test_a_mail_is_plain_text_for_all_receivers(tmp_path: Path) -> None:
    with post_office() as office:
        folder = kept(tmp_path, [record(made_up=True), record("health", severity="重要")])
        assert sent(folder, mail(office), Clock()) == Outcome(told=2)
        assert sent(folder, mail(office), Clock()) == Outcome()
    [arrived] = office.mails
    assert (arrived["From"], arrived["To"]) == (FROM, TO)
    assert arrived["Subject"] == "【演示数据】通报台提醒：新增2项"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["Message-ID"].endswith("@example.gov.cn>")
    assert arrived.get_content_type() == "text/plain"
    assert arrived.get_content().splitlines() == [
        "【演示数据】通报台提醒：新增2项", "", "2022年上半年，版本 R0001", "",
        "新增｜重要｜市教育局网办超期件数1件（多于0件即提醒）。",
        "新增｜关注｜【演示数据】市教育局网办超期件数1件（多于0件即提醒）。", "",
        "详情见通报台“提醒”页。",
    ]  # fmt: skip
    assert office.receivers == [["a@example.gov.cn", "b@example.gov.cn"]]
    assert folder.all()[0].told["mail"].what == "新增"


def test_links_stand_on_lines_of_their_own() -> None:
    shown = of("smtp://mail.example:25").text(message(record(), base="https://tb.example.gov.cn/"))
    lines = shown.splitlines()
    assert lines[5].startswith(
        "  https://tb.example.gov.cn/trace?of=overdue_count~education~2022H1"
    )
    assert lines[-1] == "“提醒”页：https://tb.example.gov.cn/notices"


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # it does not know that smtps is TLS
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_password_goes_over_an_encrypted_connection(trusted: Path, scheme: str) -> None:
    with post_office(trusted, secure=scheme == "smtps", login=True) as office:
        mail(office, scheme, login=True).send(message(record()))
    assert (office.encrypted, office.passwords) == ([True], [PASSWORD])


def test_a_password_never_goes_in_clear() -> None:
    with post_office() as office, pytest.raises(DeliveryError, match="没有把密码发给它"):
        mail(office, login=True).send(message(record()))
    assert (office.passwords, office.mails) == ([], [])


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_nobody_vouches_for_is_refused(own_certificate: Path, scheme: str) -> None:
    with (
        post_office(own_certificate, secure=scheme == "smtps") as office,
        pytest.raises(DeliveryError, match="证书不可信") as raised,
    ):
        mail(office, scheme).send(message(record()))
    assert not raised.value.passing
    assert office.mails == []


def test_a_certificate_of_another_host_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = certificate(tmp_path, "127.0.0.2")
    monkeypatch.setenv("SSL_CERT_FILE", str(others))
    with post_office(others) as office, pytest.raises(DeliveryError, match="证书不可信"):
        mail(office).send(message(record()))


def test_a_wrong_password_is_said_without_it(
    trusted: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with post_office(trusted, login=True) as office:
        way = of(f"smtp://{quote(USER, safe='')}:geheim-falsch@{HOST}:{office.port}")
        outcome = sent(kept(tmp_path, [record()]), way, Clock())
    assert outcome == Outcome(problems=("邮件：邮件服务器不接受账号或密码（535）",))
    said = capfd.readouterr()
    assert "geheim-falsch" not in said.err + said.out + repr(way) + str(outcome)


@pytest.mark.parametrize(
    ("refusal", "why", "passing"),
    [
        ("451 try later", "邮件服务器没有接收（451）", True),
        ("554 spam", "邮件服务器没有接收（554）", False),
    ],
)
def test_a_refusal_is_said_and_told_later(
    tmp_path: Path, refusal: str, why: str, passing: bool
) -> None:
    clock = Clock()
    with post_office() as office:
        folder, office.refusal = kept(tmp_path, [record()]), refusal
        with pytest.raises(DeliveryError) as raised:
            mail(office).send(message(record()))
        assert raised.value.passing is passing
        assert sent(folder, mail(office), clock).problems == (f"邮件：{why}",)
        assert folder.all()[0].trouble["mail"].why == why
        office.refusal = ""
        clock.later(minutes=5)
        assert sent(folder, mail(office), clock) == Outcome(told=1)


def test_a_server_that_says_nothing_is_not_waited_for(tmp_path: Path) -> None:
    with post_office() as office:
        office.hangs = True
        outcome = sent(kept(tmp_path, [record()]), mail(office, seconds=0.3), Clock())
    assert outcome == Outcome(problems=("邮件：邮件服务器没有答复或断开了连接",))


def test_nobody_there_is_said(tmp_path: Path) -> None:
    with post_office() as office:
        pass
    outcome = sent(kept(tmp_path, [record()]), mail(office), Clock())
    assert outcome == Outcome(problems=("邮件：没有连上邮件服务器（对方拒绝连接）",))


def test_receivers_that_are_refused_keep_nobody_else_from_it(tmp_path: Path) -> None:
    with post_office() as office:
        office.bad = frozenset({"a@example.gov.cn"})
        folder = kept(tmp_path, [record()])
        assert sent(folder, mail(office), Clock()) == Outcome(told=1)
        assert office.receivers == [["b@example.gov.cn"]]
        assert delivered(folder.all()[0]) == "邮件（1个收件人被拒）"
        office.bad = frozenset({"a@example.gov.cn", "b@example.gov.cn"})
        with pytest.raises(DeliveryError, match="不接受任何一个收件人"):
            mail(office).send(message(record()))


def test_a_line_break_in_a_name_makes_no_header(tmp_path: Path) -> None:
    with post_office() as office:
        bad = record(sentence="市教育局\r\nBcc: x@evil.example\r\n\r\n超期。")
        sent(kept(tmp_path, [bad]), mail(office), Clock())
    [arrived] = office.mails
    assert arrived["Bcc"] is None
    assert office.receivers == [["a@example.gov.cn", "b@example.gov.cn"]]


def test_mail_is_a_channel_where_it_is_set() -> None:
    [found] = channels(set_to("smtps://mail.example.gov.cn"))
    assert isinstance(found, Mail)
    assert (found.id, found.name, found.server.port, found.server.secure) == (
        "mail",
        "邮件",
        465,
        True,
    )
