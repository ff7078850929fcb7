"""一、工作措施: what the county did is told by people; the report holds the places and the prompts."""

from junheng.reports.word.blocks import Block, Editable, Heading, Paragraph

_PROMPTS = (
    (
        "organisation",
        "组织领导与责任落实",
        "（请填写）领导机构与责任分工；县级政府专题研究次数、印发的文件；部门协同与督导问责情况。",
    ),
    (
        "layout",
        "规划布局与学位供给",
        "（请填写）布局专项规划及批准时间；近五年新建、改扩建学校数，新增学位数（小学、初中分列）；城镇学位建设与小区配套。",
    ),
    (
        "funding",
        "经费投入与办学条件",
        "（请填写）近五年投入总额及资金来源；生均公用经费标准与落实；教学仪器设备、信息化投入。",
    ),
    (
        "teachers",
        "教师队伍建设",
        "（请填写）编制核定与统筹调配；招聘、交流轮岗、骨干教师与音体美教师配备；培训学时；教师待遇。",
    ),
    (
        "quality",
        "教育质量与学校管理",
        "（请填写）课程开齐开足、作业与课后服务、质量监测；集团化办学、结对帮扶；德育、体育、美育、劳动教育。",
    ),
    (
        "care",
        "特殊群体关爱与教育公平",
        "（请填写）随迁子女、留守儿童、残疾儿童少年入学与关爱；控辍保学；资助人次与金额；招生入学办法。",
    ),
)
_ORDER = "一二三四五六七八九十"


def measures_chapter() -> list[Block]:
    """Headings and content controls; nothing here comes from data."""
    blocks: list[Block] = [
        Heading(1, "一、工作措施"),
        Paragraph(
            ("本部分由填报单位撰写。灰色文字为提示，点击即可改写；重新生成报告时，已填写的内容予以保留。",),
            "Note",
        ),
    ]
    for order, (tag, title, prompt) in zip(_ORDER, _PROMPTS, strict=False):
        blocks += [Heading(2, f"（{order}）{title}"), Editable(f"measures.{tag}", title, prompt)]
    return blocks
