"""The CSV and text samples about encodings, headers, totals, layouts and unsafe text."""

from __future__ import annotations

from .figures import CENTERS, CLAIMED, SHORT_NAMES, STAFF, WARNINGS, csv_bytes, lines

_WARNED = "期次,部门,预警数,超期数"
_FEW = ("2022H1,市教育局,31,1", "2022H1,市民政局,21,", "2022H1,市生态环境局,5,14")
_STAFF_TITLE = "2022年上半年“畅通办”专员队伍建设情况统计表,,"
_WARNING_TITLE = "2022年上半年网办事项预警、超期情况统计表,,"
_CLERK = "填表人：某某　联系电话：13800000000"

ENCODINGS = {
    "M01-gbk.csv": csv_bytes(_WARNED, "2022H1,全市,140,23", *_FEW, encoding="gb18030"),
    "M02-utf8.csv": csv_bytes(
        "地区,指标,数值,期次",
        "全市,不见面办理率,96.34%,2022H1",
        "钟楼区,不见面办理率,97.5%,2022H1",
        "市本级,公共服务事项已认领数,221项,2022H1",
        encoding="utf-8",
    ),
    "M03-unicode.txt": b"\xff\xfe"
    + csv_bytes(*(row.replace(",", "\t") for row in (_WARNED, *_FEW)), encoding="utf-16-le"),
    # 武进区 followed by the first half of a character that never ends
    "M04-half-character.csv": csv_bytes(
        "地区,期次,目标数,培育数", "溧阳市,2022H1,150,118", encoding="gb18030"
    )
    + "武进区".encode("gb18030")
    + b"\xce"
    + csv_bytes(",2022H1,180,146", encoding="gb18030"),
    # a UTF-8 file with its mark, into which a line from a GBK file was pasted
    "M04-mixed.csv": csv_bytes(_WARNED, _FEW[0])
    + csv_bytes(_FEW[1], encoding="gb18030")
    + csv_bytes(_FEW[2], encoding="utf-8"),
    # copied off a drive that was full: the last character lacks its last byte
    "M04-cut-off.csv": csv_bytes(
        "期次,目标数,培育数,地区", "2022H1,150,118,溧阳市", "2022H1,180,146,武进区", encoding="utf-8"
    )[:-3],
    "M05-blanks.csv": csv_bytes(
        "地\u3000区,目标数,培育数\u00a0",
        "溧阳市,150,118\u00a0",
        "金\u2002坛区,140,\u3000104",
        "\u200b武进区,180,146",
        "天 宁区,130,98",
        "合　计,600,466",
    ),
}  # fmt: skip

HEADERS = {
    "M06-title.csv": csv_bytes(
        _STAFF_TITLE, "填报单位：常州市政务办,,", ",,单位：人", "地区,目标数,培育数", *lines(STAFF)
    ),
    "M06-unfound.csv": csv_bytes(
        "“畅通办”专员情况,,", "报送：常州市政务办,,", ",,", "所在地方,年度任务,现有", *lines(STAFF)
    ),
    "M07-two-rows.csv": csv_bytes(
        "2022年上半年便民服务提升工程进展,,,,,,",
        "地区,镇级,,村级,,便民点,",
        ",计划数,提升数,计划数,提升数,计划数,提升数",
        *(
            ",".join([name, *(str(n) for pair in pairs for n in pair)])
            for name, pairs in CENTERS.items()
        ),
    ),
    "M07-deductions.csv": csv_bytes(
        "期次,部门,预警数,超期数,超时扣分,",
        ",,,,数量,分值",
        "2022H1,市教育局,31,1,1,0.5",
        "2022H1,市城管局,10,2,2,1",
    ),
    "M08-headings.csv": csv_bytes(
        '地 区,"不见面\n办理率(%)","即办件 占比（%）","其它超时\n数量",期次',
        "全市,96.34,45.18,3,2022H1",
        "钟楼区,97.5,,1,2022H1",
        "溧阳市,,91.3,0,2022H1",
    ),
    "M09-synonyms.csv": csv_bytes(
        "不见面率,即办率,地区,大厅窗口数,期次",
        "92.9%,21.7%,新北区,46,2022H1",
        "97.5%,,钟楼区,38,2022H1",
    ),
    "M09-mapped.csv": csv_bytes(
        "超时限数,单位,预警数,期次", "1,市教育局,31,2022H1", "2,市城管局,10,2022H1"
    ),
    "M09-twice.csv": csv_bytes("期次,部门,预警数,预警件数", "2022H1,市教育局,31,30"),
    "M10-2022H1.csv": csv_bytes(
        "期次,地区,层级,提升数",
        "2022H1,溧阳市,为民服务中心,7",
        "2022H1,溧阳市,便民服务中心,15",
        "2022H1,溧阳市,政务服务便利站,35",
    ),
    "M10-2022Q3.csv": csv_bytes(
        "期次,地区,层级,提升数",
        "2022Q3,溧阳市,便民服务中心,7",
        "2022Q3,溧阳市,便民服务站,15",
        "2022Q3,溧阳市,便民服务点,35",
    ),
    "M10-undated.csv": csv_bytes("地区,层级,提升数", "溧阳市,便民服务中心,15"),
    "M10-two-vocabularies.csv": csv_bytes(
        "期次,地区,层级,提升数", "2022H1,溧阳市,便民服务中心,7", "2022H1,溧阳市,便民服务站,15"
    ),
}

TOTALS = {
    "M11-total.csv": csv_bytes(
        _WARNING_TITLE, "部门,预警数,超期数", *lines(WARNINGS), "合　计,140,23"
    ),
    "M11-subtotals.csv": csv_bytes(
        _STAFF_TITLE, "辖市区,目标数,培育数", *lines(STAFF[:4]), "小计,640,499",
        *lines(STAFF[4:]), "小计,360,276", "总计,1000,775",
    ),
    "M11-wrong-total.csv": csv_bytes(
        _WARNING_TITLE, "部门,预警数,超期数", *lines(WARNINGS), "合计,141,23"
    ),
    "M12-points.csv": csv_bytes(
        "2022年上半年政务服务便利站提升情况,,", "地区,层级,提升数",
        *(f"{name},便民点,{pairs[2][1]}" for name, pairs in CENTERS.items()), "合计,便民点,200",
    ),
    "M12-rate.csv": csv_bytes(
        f"{_STAFF_TITLE},", "地区,目标数,培育数,完成率",
        "溧阳市,150,118,78.67%", "金坛区,140,104,80%", "武进区,180,146,81.1%",
    ),
}  # fmt: skip

LAYOUTS = {
    # one cell names many departments, as the bulletin's own sentences do
    "M32-figures.csv": csv_bytes(
        "期次,超期件数",
        "2022H1,市生态环境局（14件）、市城管局、市科技局（各2件）、市公积金中心、市教育局、"
        "市农业农村局、市医保局、市住建局（各1件）",
    ),
    "M32-departments.csv": csv_bytes(
        "期次,部门,预警件数",
        "2022H1,市教育局(31件)、市民政局(21件)、市烟草局(20件),",
        "2022H1,市商务局、市公积金中心(各9件),",
    ),
    "M33-same.csv": csv_bytes(
        "期次,地区,目标数,培育数", "2022H1,溧阳市,150,118", "2022H1,武进区,180,146",
        "2022H1,武进区,180,146",
    ),
    "M33-different.csv": csv_bytes(
        "期次,地区,目标数,培育数", "2022H1,武进区,180,146", "2022H1,溧阳市,150,118",
        "2022H1,武进区,180,164",
    ),
    "M34-first.csv": csv_bytes(_WARNED, *_FEW),
    "M34-revised.csv": csv_bytes(_WARNED, _FEW[0], "2022H1,市民政局,22,", _FEW[2]),
    "M35-districts-across.csv": csv_bytes(
        "2022年上半年主要指标情况,,,,,,,",
        f"指标,{SHORT_NAMES}",
        f"公共服务事项已认领数,{CLAIMED}",
        "即办率,91.3%,,,21.7%,,,30.6%",
    ),
    "M35-measures-down.csv": csv_bytes(
        "2022年上半年“畅通办”专员情况,,,,,,,,",
        f"项目,{SHORT_NAMES},合计",
        "目标数,150,140,180,170,130,130,100,1000",
        "培育数,118,104,146,131,98,102,76,775",
    ),
    "M35-unclear.csv": csv_bytes(
        "2022年上半年报送情况,,,,,,,", f"项目,{SHORT_NAMES}", "数量,118,104,146,131,98,102,76"
    ),
    "M36-signatures.csv": csv_bytes(
        _WARNING_TITLE, "部门,预警数,超期数", "市教育局,31,1", "市城管局,10,2", "合计,41,3",
        "注：数据截至7月底,,", f"{_CLERK},,", "审核人：某某,,签章：", ",,2022年8月1日",
    ),
    "M36-contacts.csv": csv_bytes(
        "期次,部门,预警数,超期数,联系人,手机", "2022H1,市教育局,31,1,某某,13800000000",
    ),
    "M38-shifted.csv": csv_bytes(
        "期次,部门,预警数,超期数,备注", "2022H1,市教育局,31,1,", "2022H1,市民政局21,,",
        "2022H1,市城管局,10,2,", "2022H1,市生态环境局,5,,14,",
    ),
    "M38-empty-column.csv": csv_bytes(
        "期次,部门,,预警数,超期数,", "2022H1,市教育局,,31,1,", "2022H1,市城管局,,10,2,"
    ),
    "M39-formulas.csv": csv_bytes(
        "期次,部门,预警数,备注",
        "2022H1,市教育局,31,=1+1",
        '2022H1,市民政局,21,"=HYPERLINK(""http://example.invalid"",""点我"")"',
        "2022H1,市烟草局,20,@cmd",
        "2022H1,市城管局,10,+1+1",
        "2022H1,市商务局,9,-1+1",
        "2022H1,市交通局,8,\t=1+1",
        "2022H1,市气象局,5,较去年-3件",
    ),
}  # fmt: skip

TEXT_SAMPLES = {**ENCODINGS, **HEADERS, **TOTALS, **LAYOUTS}
