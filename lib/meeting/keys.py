"""The keys of a deck, as the deck and 使用帮助 list them; `deck.js` obeys them."""

from __future__ import annotations

KEYS: tuple[tuple[str, str], ...] = (
    ("→ 空格 PageDown", "下一页"),
    ("← PageUp Shift+空格", "上一页"),
    ("Home　End", "第一页、最后一页"),
    ("数字 + 回车", "到那一页"),
    ("F　Esc", "全屏、退出"),
    ("P 或 A", "自动播放、停下"),
    ("N", "讲稿和计时"),
    ("B", "黑屏"),
    ("?", "显示或收起全部按键"),
)
