"""Who acts is a post, not a person: what is kept about a release holds no private numbers."""

from __future__ import annotations

from lib.catalog.places import clean_name
from lib.intake.words.privacy import holds_number
from lib.store.errors import PublishError


def check_discreet(*texts: str) -> None:
    """Raises PublishError where a text holds a telephone or identity number."""
    if any(holds_number(text) for text in texts):
        raise PublishError("操作岗位和说明里不要写电话或身份证号")


def same_post(one: str, other: str) -> bool:
    """Whether two texts name the same post, whatever their blanks and letters' case."""
    return clean_name(one).casefold() == clean_name(other).casefold()
