"""What clerks ask, and the answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """A question and its answer; `page` is the file in `pages/` that shows more, if any does."""

    question: str
    answer: str
    page: str = ""


ANSWERS: tuple[Answer, ...] = (
    Answer(
        "老软件存的 CSV 打开是乱码，能报吗？",
        "能。系统自己认编码，GBK（GB18030）和 UTF-8 都能读，文件卡片上写着认出的编码；认不准时会问您，或提示另存一份再报。",
        "upload",
    ),
    Answer(
        "合计、小计行要不要删？",
        "不用删。全市合计单独保存，不与明细相加；合计与明细对不上时提示您，不替您改。",
        "verify",
    ),
    Answer(
        "发布了错数怎么办？",
        "改好文件，用“更正”方式再发布一次；要整个退回去，请管理在快照版本页回退。两种做法都会成为新版本，错的版本仍留着，操作日志里有记录。",
        "releases",
    ),
    Answer(
        "为什么显示“—”，不是0？",
        "“—”是本期没有报送，不等于零。确实是零的请填0，没有数据的请留空，系统不会替您补。",
        "templates",
    ),
    Answer(
        "为什么不让发布？",
        "常见的有四种：还有阻断问题或没有回答的提问；内容与线上相同；别人先改了同样的行，要重新比较；您的角色不能发布。页面上会写明是哪一种、怎么办。",
        "upload",
    ),
    Answer(
        "浏览器太旧，页面不对怎么办？",
        "请用 Chrome、Edge 94 以上或 Firefox 93 以上；双核浏览器请切到极速模式。暂时换不了的，打开网址会转到检查浏览器页，在那里下载离线网页，旧浏览器也能看。",
    ),
    Answer(
        "我报的文件在哪里？",
        "原件留存在本单位服务器的数据文件夹里，留存前去掉找到的姓名和电话，不向外发送。在数字溯源页可以下载留存的原件。通报校对里的草稿不保存。",
        "trace",
    ),
    Answer(
        "谁可以发布？",
        "“填报”和“管理”可以发布自己负责的单位的数据；设了复核的，由“复核”或“管理”复核后发布，提交人不能复核自己的数据。“查看”只看不改。角色由管理员开通。",
    ),
)
