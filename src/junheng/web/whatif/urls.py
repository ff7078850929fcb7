"""Addresses of what-if."""

from django.urls import path

from junheng.web.whatif import scenario_views, views

urlpatterns = [
    path("finding/<int:finding>/what-if", views.what_if_page, name="whatif"),
    path("finding/<int:finding>/what-if/save", scenario_views.save, name="whatif_save"),
    path("place/<int:organisation>/scenarios", scenario_views.scenarios, name="scenarios"),
    path("scenarios", scenario_views.my_scenarios, name="my_scenarios"),
    path("scenario/<int:scenario>", scenario_views.scenario, name="scenario"),
    path("scenario/<int:scenario>/copy", scenario_views.copy, name="scenario_copy"),
    path("scenario/<int:scenario>/delete", scenario_views.delete, name="scenario_delete"),
    path("scenario/<int:scenario>/compare", scenario_views.compare, name="scenario_compare"),
    path("scenario/<int:scenario>/evaluate", scenario_views.evaluate, name="scenario_evaluate"),
    path("scenario/<int:scenario>/plan", scenario_views.plan, name="scenario_plan"),
]
