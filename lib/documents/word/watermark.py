"""演示数据 across every page: in the header's text, and as a mark behind the text."""

from __future__ import annotations

from lib.catalog.demo import DEMO_MARK
from lib.documents.word.styles import HEI
from lib.documents.word.xml import Element, element, paragraph, run, w

WARNING = f"{DEMO_MARK}：编造的数字，只用于演示，不得引用"
_PLACE = (
    "position:absolute;margin-left:0;margin-top:0;width:420pt;height:105pt;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    "mso-position-vertical:center;mso-position-vertical-relative:margin"
)


def demo_header(id: str) -> Element:
    """The header of a page of made-up figures; `id` tells its mark from the others' of the file."""
    return w("hdr", paragraph("DemoMark", [run(WARNING), w("r", _mark(id))]))


def _mark(id: str) -> Element:
    """Drawn as word processors draw their own watermarks, so that they know it for one."""
    text = element("v:textpath", {"on": "t", "fitshape": "t"})
    kind = element(
        "v:shapetype",
        {"id": "_x0000_t136", "coordsize": "21600,21600", "o:spt": "136", "path": "m0,0l21600,0m0,21600l21600,21600e"},
        element("v:path", {"textpathok": "t"}),
        text,
    )  # fmt: skip
    shape = element(
        "v:shape",
        {
            "id": f"PowerPlusWaterMarkObject{id}", "type": "#_x0000_t136", "style": _PLACE,
            "o:allowincell": "f", "fillcolor": "silver", "stroked": "f",
        },
        element("v:fill", {"opacity": ".5"}),
        element("v:textpath", {"style": f'font-family:"{HEI}";font-size:1pt', "string": DEMO_MARK}),
    )  # fmt: skip
    return w("pict", kind, shape)
