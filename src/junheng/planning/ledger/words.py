"""The words of a ledger's figures, their units, and of its verdicts."""

from junheng.basics import Text

NAMES = {
    "yuan_per_seat": Text("每个学位投资", "yuan per seat"),
    "yuan_per_m2": Text("每平方米投资", "yuan per m²"),
    "m2_per_seat": Text("每个学位面积", "m² per seat"),
    "projects": Text("项目数", "projects"),
    "area_m2": Text("建筑面积", "floor area"),
    "seats": Text("新增学位", "new seats"),
    "delivered": Text("已交付学位", "seats delivered"),
    "classes": Text("班数", "classes"),
    "invest_yuan": Text("总投资", "investment"),
    "arrived_yuan": Text("到位资金", "funds arrived"),
}
UNITS = {
    "yuan_per_seat": "元/个",
    "yuan_per_m2": "元/㎡",
    "m2_per_seat": "㎡/个",
    "projects": "个",
    "area_m2": "㎡",
    "seats": "个",
    "delivered": "个",
    "classes": "班",
    "invest_yuan": "元",
    "arrived_yuan": "元",
}
VERDICTS = {
    "agrees": Text("相符", "agrees"),
    "agrees_rounded": Text("四舍五入后相符", "agrees when rounded"),
    "agrees_truncated": Text("截断后相符", "agrees when cut off"),
    "about": Text("公布的是约数", "published as about"),
    "differs": Text("不符", "differs"),
    "cannot_tell": Text("有项目缺数，无法核对", "projects lack the figure: cannot tell"),
    "beside": Text("口径不同，并列不比", "different things, side by side"),
}
