"""What each audience does, step by step. A name in “” in what to do is a control, as the screen has it."""

from __future__ import annotations

import re
from dataclasses import dataclass

SIZE = (900, 506)  # pixels of a screenshot
_NAMED = re.compile("“([^”]+)”")


@dataclass(frozen=True)
class Step:
    """One step: what to do, and what one then sees.

    id:      also the name of its screenshot, `lib/assets/help/ID.webp`
    page:    the file in `pages/` where it is done
    alt:     the screenshot in a sentence, for who does not see it
    made_up: whether the screenshot holds figures that were made up for it
    """

    id: str
    title: str
    do: str
    see: str
    page: str
    alt: str
    made_up: bool = False

    @property
    def controls(self) -> tuple[str, ...]:
        """What it tells people to use, as the screen names it."""
        return tuple(_NAMED.findall(self.do))

    @property
    def picture(self) -> str:
        """The screenshot, by its name among the assets."""
        return f"help/{self.id}.webp"


@dataclass(frozen=True)
class Guide:
    """The steps of one audience; `words` are the same in three words."""

    id: str
    audience: str
    title: str
    words: tuple[str, str, str]
    steps: tuple[Step, ...]


GUIDES: tuple[Guide, ...] = (
    Guide(
        "leader", "领导", "看数、追问、带走", ("看数", "追问", "带走"),
        (
            Step(
                "leader-look", "看总览",
                "打开网址就是总览。先看上面的卡片和“要点”，再往下看“待核对”。",
                "每张卡片有数、目标和灯；“待核对”列出原文数字之间对不上的地方。点卡片里的口径，看这个数怎么算。",
                "overview", "总览页：六张卡片、要点、地区和部门先后，右上是带走一栏。",
            ),
            Step(
                "leader-ask", "追问一个数",
                "点任何一个数，如卡片“网办预警”里的数。想只看一个地区，在左侧“地区”里点它的名字。",
                "数字溯源页：口径、出处、报送的文件和行、当时的查询。“—”是没有报送，不等于零。",
                "overview", "数字溯源页：网办预警件数的口径、来源文件和报送的那一行。",
            ),
            Step(
                "leader-take", "带走材料",
                "在页面右上的“带走”里点“简报 docx”或别的格式。把网址发给别人，看到的是同一版本、同一筛选。",
                "浏览器下载一个文件，写着版本和期次，可以在 Word、WPS 里接着改。",
                "overview", "总览页选了新北区，右上是带走一栏：简报、通报、会议材料、数据册和离线网页。",
            ),
        ),
    ),
    Guide(
        "clerk", "填报", "从模板到发布，再到改错", ("拖入", "改正", "发布"),
        (
            Step(
                "clerk-template", "下载模板",
                "在填报模板页选“格式”，点要报的数据集右边的“空白模板”。手头已有表格的，不用照模板重填。",
                "“各列怎么填”里有每一列的要求和示例。没有数据的格留空，不填0。",
                "templates", "填报模板页：每个数据集一栏，右边是空白模板和已有数据两个按钮。",
            ),
            Step(
                "clerk-drop", "拖入文件",
                "在数据上报页选“报送单位”，填“操作岗位”，把文件拖进来，或点“选择文件”。",
                "每个文件一张卡片：认出的数据集、期次、行数和编码。老软件存的 GBK 文件也能读。",
                "upload", "数据上报页：一个文件读完，卡片上写着网办预警、2022年上半年和编码。", True,
            ),
            Step(
                "clerk-mend", "改正问题",
                "看“问题清单”：阻断的要改，提问的要答。点“下载批注过的原文件”，照批注改好再拖进来。",
                "每条问题写明文件、行、列和改法。没有阻断问题后，出现发布方式。",
                "upload", "问题清单：市体育厅不是已登记的部门、二一x读不出一个数，各有建议。", True,
            ),
            Step(
                "clerk-compare", "与线上比较",
                "选“发布方式”，点“与线上数据比较”。",
                "逐格列出新增、变更、去掉的内容，以及总览上的数和灯会怎样变；线上数据此时还没有变。",
                "upload", "比较结果：一格从140变为142，下面是对总览指标的影响。", True,
            ),
            Step(
                "clerk-publish", "发布",
                "看清影响后点“发布”。设了复核的，这里先提交复核，由另一人复核后发布。",
                "页面上方写着新的版本号，全部页面立即换成新版本；旧版本仍在快照版本页里。",
                "upload", "发布后的数据上报页：已发布为版本 R0002。", True,
            ),
            Step(
                "clerk-return", "发错了，更正或回退",
                "改好文件，用更正方式再发布一次。要整个退回去，由管理办理：在快照版本页最下面选“回退到”，填“操作岗位”和“原因”，点“回退”。",
                "旧版本的内容成为一个新版本；错的那个版本也留着，操作日志里查得到。",
                "releases", "快照版本页的回退一栏：回退到、操作岗位、原因和回退按钮。", True,
            ),
        ),
    ),
    Guide(
        "meeting", "会议", "选页、保存、放映", ("选页", "保存", "放映"),
        (
            Step(
                "meeting-choose", "选页、写讲稿",
                "在会议演示页的表里勾“展示”，改“次序”，在“讲稿”里写要说的话。",
                "表下写着一共几项几页。左侧的筛选决定讲哪一期、哪些地区。",
                "meeting", "会议演示页：幻灯片的表，有展示、次序、内容、讲稿和秒数五列。",
            ),
            Step(
                "meeting-keep", "保存排练",
                "填“岗位”，点“保存排练”。",
                "排练固定在当时的版本上：以后再发布，放映的数也不变，只提示有新版本。",
                "meeting", "会议演示页：已保存排练，出现开始放映和导出离线网页两个按钮。",
            ),
            Step(
                "meeting-show", "放映",
                "点“开始放映”，在新页里按 F 全屏，按 → 翻页，按 ? 看全部按键。",
                "放映页打开后自带全部内容，断网、断服务器照样翻页。",
                "meeting", "放映页：一页幻灯片，下面是版本和页码。",
            ),
            Step(
                "meeting-offline", "带到别的电脑",
                "点“导出离线网页”，把文件拷到会场的电脑，双击打开。",
                "一个文件，不用联网，按键与放映相同；页脚写着版本和导出时间。",
                "meeting", "离线网页在浏览器里打开，页脚写着导出时间。",
            ),
        ),
    ),
)  # fmt: skip
GUIDE_BY_ID = {guide.id: guide for guide in GUIDES}
STEPS = tuple(step for guide in GUIDES for step in guide.steps)
