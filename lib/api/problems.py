"""Why a question is not answered, as RFC 9457 has it: a kind with a status, and a sentence for people."""

from __future__ import annotations

import json
from dataclasses import dataclass

MIME = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """A kind of problem. id: names its part of the page at `/api`;  about: what to do, for that page"""

    id: str
    status: int
    title: str
    about: str


PARAMETER = Kind(
    "parameter", 400, "参数不对",
    "parameter 写明是哪一个参数，detail 写明可以怎么写。不认识的参数不会被忽略。",
)  # fmt: skip
TOKEN = Kind(
    "token", 401, "没有通过身份核对",
    "需要登录或令牌；令牌写错、到期或已撤销的，请向管理员重新申请。令牌只写在请求头 Authorization 里。",
)  # fmt: skip
ROLE = Kind("role", 403, "角色不允许", "现在的角色不能取数，请联系管理员。")
NOTHING = Kind("nothing", 404, "没有这项数据", "网址、版本、期次或编号不存在；detail 写明有哪些。")
METHOD = Kind("method", 405, "只能读取", "接口只读，只接受 GET 和 HEAD。")
FORMAT = Kind(
    "format", 406, "没有这种格式", "可用 format=json、csv、parquet，或请求头 Accept 中的相应类型。"
)
UNAVAILABLE = Kind(
    "unavailable", 503, "暂时不能回答", "还没有数据、文件损坏或查询太慢；稍后再试，或联系管理员。"
)
KINDS = (PARAMETER, TOKEN, ROLE, NOTHING, METHOD, FORMAT, UNAVAILABLE)


class ProblemError(Exception):
    """A question that is not answered. detail: what, and what to do;  parameter: which one, "" for none"""

    def __init__(self, kind: Kind, detail: str, parameter: str = "") -> None:
        super().__init__(detail)
        self.kind, self.detail, self.parameter = kind, detail, parameter

    def body(self) -> bytes:
        """The problem as JSON."""
        said = {
            "type": f"/api#{self.kind.id}", "title": self.kind.title, "status": self.kind.status,
            "detail": self.detail, "parameter": self.parameter or None,
        }  # fmt: skip
        return json.dumps(said, ensure_ascii=False).encode()
