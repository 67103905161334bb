"""What the log knows: actions and outcomes, by the words people read and the file holds."""

from __future__ import annotations

from enum import StrEnum


class Noted(StrEnum):
    """Something done; a line of the log has exactly one."""

    SIGN_IN = "登录"
    SIGN_OUT = "退出"
    DENIED = "拒绝"  # somebody asked for what is not theirs
    UPLOAD = "上传"
    PROPOSE = "报送"
    SUBMIT = "提交"
    SEND_BACK = "退回"
    DISCARD = "放弃"
    PUBLISH = "发布"
    ROLL_BACK = "回退"
    EXPORT = "导出"
    COMMENT = "意见"
    KNOWN = "知悉"
    REHEARSE = "排练"
    SETTINGS = "设置"
    ISSUE = "发放令牌"
    REVOKE = "撤销令牌"
    RESUME = "接续"  # the log itself, going on after something was wrong with its end


class Result(StrEnum):
    """How it ended; what must be noted beforehand has a line that says 开始 first."""

    STARTED = "开始"
    DONE = "成功"
    REFUSED = "拒绝"
    FAILED = "失败"
