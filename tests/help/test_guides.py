"""What 使用帮助 declares is whole: pages there are, screenshots of the right size, sentences that end."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from lib.access.roles import ALLOWED, Action, Role
from lib.assets import content
from lib.help.guides import GUIDES, SIZE, STEPS, Step
from lib.help.questions import ANSWERS
from lib.navigation import ENTRY_BY_FILE

MOST_BYTES = 700_000


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
def test_a_step_has_its_page_its_screenshot_and_whole_sentences(step: Step) -> None:
    assert step.page in ENTRY_BY_FILE
    with Image.open(io.BytesIO(content()[step.picture])) as picture:
        assert (picture.format, picture.size) == ("WEBP", SIZE)
    assert [text for text in (step.do, step.see, step.alt) if not text.endswith("。")] == []


def test_every_audience_has_its_steps_and_three_words() -> None:
    assert {guide.id: len(guide.steps) for guide in GUIDES} == {
        "leader": 3, "clerk": 6, "meeting": 4,
    }  # fmt: skip
    assert [guide.id for guide in GUIDES if len(set(guide.words)) != 3] == []


def test_there_are_no_other_screenshots_and_they_are_small() -> None:
    pictures = {name: len(held) for name, held in content().items() if name.startswith("help/")}
    assert set(pictures) == {step.picture for step in STEPS}
    assert sum(pictures.values()) < MOST_BYTES


def test_every_question_is_answered() -> None:
    assert len({item.question for item in ANSWERS}) == 8
    for item in ANSWERS:
        assert item.question.endswith("？")
        assert item.answer.endswith("。")
        assert not item.page or item.page in ENTRY_BY_FILE


def test_who_reports_is_sent_to_an_administrator_for_what_only_that_one_may() -> None:
    assert [role for role, may in ALLOWED.items() if Action.ROLL_BACK in may] == [Role.ADMIN]
    texts = [step.do for step in STEPS] + [item.answer for item in ANSWERS]
    told = [text for text in texts if "回退" in text]
    assert told
    assert [text for text in told if "管理" not in text] == []
