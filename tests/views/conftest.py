"""A release with invented and odd cases, for the views of cases."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow.parquet as pq
import pytest

from lib.demo.cases import file_name, write_cases
from lib.settings import lake_dir
from lib.store.lake import Lake
from tests.caseload import case, release_folder, write_rows
from tests.fresh import forget_views
from tests.views.case_rows import Row

SAME_NAME = {
    "事项名称": "教师资格认定",
    "部门": "市人社局",
}  # 市教育局 has an item of that name, too
ODD = [
    case(9001, 状态="已退回"),
    case(9002, 状态="已办结"),
    case(9003, 状态="已办结", 办结日期="2022-05-20"),  # before it was accepted
    case(9004, **SAME_NAME),
    case(9005, 承诺办结日期="2022-06-30", **SAME_NAME),
    case(9006, 承诺办结日期="2022-07-03", 地区="市本级"),
    case(9007, 受理日期="2021-10-01", 承诺办结日期="2021-11-01"),
    case(9008, 受理日期="2021-10-01", 承诺办结日期="2021-12-01"),
    case(9009, 受理日期="2021-10-01", 承诺办结日期="2022-01-01"),
    *(  # still open, so that none is late; of a district that is no longer one
        case(
            9010 + n,
            地区="金坛市",
            事项名称="收养登记",
            部门="市民政局",
            受理日期="2021-10-01",
            承诺办结日期=day,
        )
        for n, day in enumerate(("2022-03-01", "2022-04-01", "2022-05-01", "2022-06-01"))
    ),
    case(9020, 承诺办结日期="2022-07-02", 事项名称="只有即将到期的事项"),
    case(9021, 承诺办结日期="2022-12-02", 事项名称="没有预警的事项"),
]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[Row]]]:
    """A release with invented and odd cases, and its cases as they are stored."""
    folder = tmp_path_factory.mktemp("cases")
    forget_views()
    with pytest.MonkeyPatch.context() as own:
        own.setenv("TONGBAO_DATA", str(folder / "data"))
        own.setenv("TONGBAO_DEMO", "1")
        (folder / "drop").mkdir()
        write_cases(folder / "drop" / file_name(), 4_000)
        write_rows(folder / "drop" / "odd.csv", ODD)
        release = release_folder(folder / "drop")
        files = Lake(lake_dir()).files(release)["cases"]
        yield release.id, [row for path in files for row in pq.read_table(path).to_pylist()]
    forget_views()
