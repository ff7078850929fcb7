"""The words of mergers: reasons of verdicts, states, what stands in the way."""

from junheng.basics import Text
from junheng.planning.frozen import Json, exact

VERDICTS = {
    "met": Text("满足", "met"),
    "not_met": Text("不满足", "not met"),
    "cannot_tell": Text("无法判断", "cannot tell"),
}
WHY = {
    "no_evidence": Text("没有登记材料", "no evidence is registered"),
    "file_absent": Text("登记的材料不在文件夹里，请补交", "the file named is not there: hand it in"),
    "changed": Text(
        "材料与登记的哈希不符，请核对原件", "the file is not the one registered: compare the original"
    ),
    "not_yet": Text("材料日期晚于判断日期", "dated after the day of judgement"),
    "held": Text("材料在案", "evidence is held"),
    "no_outcome": Text("听证结果没有填写", "the result of the hearing is not stated"),
    "opposed": Text("听证多数反对，不得强行撤并", "the hearing was opposed: it must not be forced"),
    "no_count": Text("征求人数或同意人数没有填写", "how many were asked or agreed is not stated"),
    "agreed": Text(
        "征求 {asked} 人，同意 {agreed} 人，超过规定", "{agreed} of {asked} agree, more than is wanted"
    ),
    "too_few": Text(
        "征求 {asked} 人，同意 {agreed} 人，没有超过规定", "{agreed} of {asked} agree, not enough"
    ),
    "no_days": Text("公示起止日期没有填写", "the days of the notice are not stated"),
    "running": Text("公示尚未期满", "the notice is still running"),
    "long_enough": Text("公示 {days} 天，规定 {limit} 天", "{days} days of notice, {limit} are wanted"),
    "too_short": Text("公示 {days} 天，不足 {limit} 天", "{days} days of notice, less than {limit}"),
    "far": Text(
        "{pupils} 名走读生中 {over} 名超过 {limit} 分钟",
        "{over} of {pupils} day pupils beyond {limit} minutes",
    ),
    "beyond": Text(
        "{pupils} 名走读生中 {over} 名在半径以外", "{over} of {pupils} day pupils beyond the radius"
    ),
    "way_unknown": Text(
        "{untold} 名学生的路程、年级或是否寄宿不明，请补填“路程”“生源”表",
        "way, grade or boarding of {untold} pupils is not known: fill in the sheets 路程 and 生源",
    ),
    "within": Text("{pupils} 名走读生都在限值以内", "all {pupils} day pupils within the limit"),
    "nobody": Text("没有这样的学生", "there are no such pupils"),
    "boards": Text("1–3 年级有 {over} 人寄宿", "{over} pupils of grades 1 to 3 would board"),
    "boards_unknown": Text("{untold} 名学生是否寄宿不明", "whether {untold} pupils board is not known"),
    "none_boards": Text("没有人寄宿", "nobody boards"),
    "remote_unknown": Text("“偏远”一栏没有填写", "whether the school is remote is not stated"),
    "remote": Text(
        "偏远学校，{pupils} 名低年级学生应就近保留", "a remote school: {pupils} pupils of low grades stay"
    ),
    "not_remote": Text("不是偏远学校", "not remote"),
    "no_low_grades": Text("没有低年级学生", "no low grades"),
    "no_receiver": Text("接收学校没有确定", "no receiving school is named for all"),
    "grades_unknown": Text(
        "{school}：分年级的学生数和班数不明", "{school}: pupils and classes by grade are not known"
    ),
    "rooms_unknown": Text(
        "{school}：要由 {classes_now} 班增到 {classes} 班，教室数不明",
        "{school}: {classes_now} to {classes} classes, rooms unknown",
    ),
    "no_new_class": Text("{school}：不需增班（{classes} 班）", "{school}: no new class ({classes})"),
    "fits": Text("{school}：{classes} 班，教室 {rooms} 间", "{school}: {classes} classes in {rooms} rooms"),
    "no_room": Text(
        "{school}：需 {classes} 班，教室只有 {rooms} 间", "{school}: {classes} classes wanted, {rooms} rooms"
    ),
    "pupils_unknown": Text("{school}：在校生数不明", "{school}: pupils not known"),
    "within_size": Text(
        "{school}：{pupils} 人，上限 {limit} 人", "{school}: {pupils} pupils, at most {limit}"
    ),
    "too_large": Text(
        "{school}：{pupils} 人，超过 {limit} 人", "{school}: {pupils} pupils, more than {limit}"
    ),
    "by_classes": Text(
        "{school}：没有写明学位，由教室和班额判断", "{school}: judged by rooms and class size"
    ),
    "seats_unknown": Text("{school}：学位数或在校生数不明", "{school}: seats or pupils not known"),
    "seated": Text("{school}：{pupils} 人，学位 {seats} 个", "{school}: {pupils} pupils, {seats} seats"),
    "full": Text(
        "{school}：{pupils} 人，学位只有 {seats} 个", "{school}: {pupils} pupils, only {seats} seats"
    ),
    "boarders_unknown": Text("{school}：寄宿人数不明", "{school}: boarders not known"),
    "places_unknown": Text(
        "{school}：寄宿 {boarders} 人，床位数不明", "{school}: {boarders} boarders, places not known"
    ),
    "housed": Text(
        "{school}：寄宿 {boarders} 人，床位 {places} 个", "{school}: {boarders} boarders, {places} places"
    ),
    "too_few_places": Text(
        "{school}：寄宿 {boarders} 人，床位只有 {places} 个",
        "{school}: {boarders} boarders, only {places} places",
    ),
}
LEFT = {
    "out_of_reach": Text(
        "没有一所学校在规定的时间、半径以内（或路程、寄宿不明）",
        "no school within the limits (or ways, boarders unknown)",
    ),
    "full": Text("够得到的学校装不下", "the schools within reach are full"),
    "low_grades_board": Text("1–3 年级有人寄宿或不明", "pupils of grades 1 to 3 board, or it is not known"),
    "remote": Text(
        "偏远学校的低年级应保留，或是否偏远不明", "remote schools keep their low grades, or it is not known"
    ),
    "grades_unknown": Text("学生的年级不明", "the pupils' grades are not known"),
}


def why(row: Json, names: dict[str, str]) -> Text:
    """The reason of a verdict in words, with its figures and the school's name."""
    figures = {
        key: names.get(str(v), v) if key == "school" else _plain(v) for key, v in row["figures"].items()
    }
    return Text(WHY[row["why"]].zh.format(**figures), WHY[row["why"]].en.format(**figures))


def _plain(value: int | str) -> str:
    number = exact(value)
    return str(number) if number.denominator == 1 else f"{float(number):.1f}"


STATES = {  # the states of library/duties.yaml in words; a test holds the two together
    "proposed": Text("提出", "proposed"),
    "argued": Text("已论证", "argued"),
    "heard": Text("已听证", "heard"),
    "published": Text("已公示", "published"),
    "approved": Text("已批准", "approved"),
    "carried_out": Text("已实施", "carried out"),
}
