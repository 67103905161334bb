"""A leader reads, asks why, follows a number to its source, filters, and takes the brief away."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from playwright.sync_api import Browser, expect

from tests.server import Server

from .steps import choose_district, downloaded, heading, stayed_home, turn_to, visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_leader_reads_follows_filters_and_takes_the_brief_away(
    browser: Browser, server: Server, size: str
) -> None:
    page = visit(browser, server.url, size)
    heading(page, "2022年上半年政务服务总览")
    expect(page.locator(".tb-card-center_point_completed")).to_contain_text("142")
    expect(page.locator(".tb-card-overdue_count")).to_contain_text("不达标")
    expect(page).to_have_url(re.compile("release=R0001"))

    page.get_by_text("查看依据").click()
    expect(page.get_by_text("规则：件数最多的3个部门")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("规则：件数最多的3个部门")).to_be_hidden()

    page.locator(".tb-card-warning_count strong a").click()
    heading(page, "网办预警件数｜全市｜2022年上半年")
    expect(page.get_by_text("warnings.csv").first).to_be_visible()
    expect(page.get_by_text("刚才重新查询，结果相同。")).to_be_visible()
    page.go_back()
    heading(page, "2022年上半年政务服务总览")

    choose_district(page, "新北区")
    expect(page.locator(".tb-card-center_point_upgraded")).to_contain_text("67")
    expect(page.locator(".tb-card-staff_trained")).to_contain_text("本期未分区报送")
    expect(page).to_have_url(re.compile("district=xinbei"))
    brief = Document(io.BytesIO(downloaded(page, "简报 docx")))
    assert "新北区" in "\n".join(p.text for p in brief.paragraphs)

    turn_to(page, "通报各章", "服务阵地")
    heading(page, "服务阵地")
    expect(page).to_have_url(re.compile("district=xinbei"))
    expect(page.get_by_role("cell", name="新北区", exact=True).first).to_be_visible()
    expect(page.get_by_role("cell", name="溧阳市", exact=True)).to_have_count(0)
    assert stayed_home(page)
    page.context.close()
