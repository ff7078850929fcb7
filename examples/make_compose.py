"""Writes examples/compose: work data with the figures that documents 2 and 0 print and no result computes.

Run from the root of the repository: ``python examples/make_compose.py``. The figures are those of two public
documents, the place they are given to is made up.
"""

from pathlib import Path

from junheng.reports.compose import load_library, told_template

HERE = Path(__file__).parent / "compose"
DISTRICT = {
    "goal_year": 2028, "new_projects": 9, "ext_projects": 14, "five_years_yuan": 1_528_000_000,
    "plan_period_central_yuan": 183_000_000, "plan_period_city_yuan": 234_000_000,
    "plan_period_local_yuan": 210_000_000, "plan_period_social_yuan": 650_000_000,
    "next_new_projects": 5, "next_ext_projects": 16, "next_yuan": 1_134_500_000,
    "seats_primary": 28_984, "seats_junior": 10_956, "seats_next_primary": 17_700, "seats_next_junior": 7_300,
    "points_to_merge": 6, "preschool_classes": 58, "preschool_seats": 3_190, "campus_before": 480,
    "campus_after": 2_153, "training_hours": 180, "hired_five_years": 1_418, "pilot_groups": 8, "new_groups": 5,
    "planned_groups": 20, "pair_urban": 20, "pair_towns": 10, "pair_teachers": 1_000, "pair_exchanged": 400,
    "it_yuan": 50_502_000, "it_computer_rooms": 94, "it_live_rooms": 21, "it_class_sets": 1_435, "it_recording": 12,
    "it_maker": 5, "it_laptops": 1_587, "practice_communities": 12,
}  # fmt: skip
CITY = {
    "goal_year": 2030, "primary_schools": 200, "junior_schools": 57, "primary_pupils": 186_000, "junior_pupils": 89_000,
    "primary_teachers": 11_000, "junior_teachers": 5_751, "platform_institutions": 406, "platform_teachers": 32_700,
    "platform_pupils": 353_000, "migrant_primary": 66_000, "migrant_junior": 32_000, "migrant_city_rate": 45,
    "first_choice_rate": 79, "first_choice_rise": 10, "draw_years": 22, "form_pupils": 49_425, "form_classes": 1_053,
    "build_projects": 28, "build_area": 666_000, "build_seats": 20_000, "weak_yuan": 213_000_000,
    "repair_yuan": 49_630_000, "basic_fund_yuan": 117_000_000, "estimate_yuan": 3_932_000_000,
    "in_place_yuan": 1_821_000_000, "posts_a": 559, "posts_b": 512, "posts_c": 1_689, "hired_a": 215, "hired_b": 578,
    "hired_c": 116, "hired_d": 95, "under_40_rate": 57.4, "bachelor_rate": 77.2, "graduate_rate": 8.3,
    "head_low_yuan": 800, "head_high_yuan": 1_200, "rural_yuan": 10_000, "ladder_a": 100, "ladder_b": 500,
    "ladder_c": 1_000, "groups_city": 25, "groups_counties": 15, "group_schools_city": 65,
    "group_schools_counties": 32, "budget_yuan": 1_319_000_000, "budget_general_yuan": 718_000_000,
    "budget_growth": 30.5, "base_primary_yuan": 650, "base_junior_yuan": 850, "bilingual_rate": 10, "boarder_yuan": 200,
    "special_yuan": 6_000, "funds_paid_yuan": 272_000_000, "aid_paid_yuan": 34_700_000, "safety_yuan": 165_000_000,
}  # fmt: skip


def make(folder: Path = HERE) -> None:
    """Write district.xlsx and city.xlsx into ``folder``."""
    folder.mkdir(exist_ok=True)
    rules = load_library().told
    for name, data, document in (
        ("district.xlsx", DISTRICT, "文件 2：一份公开的区自评报告"),
        ("city.xlsx", CITY, "文件 0：一份公开的市政府报告（2020）"),
    ):
        filled = {key: (value, "", document) for key, value in data.items()}
        (folder / name).write_bytes(told_template(rules, filled))


if __name__ == "__main__":
    make()
