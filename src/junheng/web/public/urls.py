"""Addresses of the public pages and of the desk that publishes them."""

from django.urls import path

from junheng.web.public import desk, views

urlpatterns = [
    path("open", views.index, name="public"),
    path("open/county/<int:county>", views.county, name="public_county"),
    path("open/county/<int:county>/zones", views.zones, name="public_zones"),
    path("open/zones/<int:version>", views.zone_version, name="public_zone_version"),
    path("open/zones/<int:version>/list.csv", views.zone_list, name="public_zone_list"),
    path("open/draw/<int:draw>", views.draw, name="public_draw"),
    path("open/draw/<int:draw>/<str:name>", views.draw_file, name="public_draw_file"),
    path("open/notice/<int:notice>", views.notice, name="public_notice"),
    path("open/data/<int:package>", views.data, name="public_data"),
    path("open/data/<int:package>/package.zip", views.data_file, name="public_data_file"),
    path("place/<int:organisation>/open", desk.desk, name="desk"),
    path("place/<int:organisation>/open/plan", desk.publish_plan, name="publish_plan"),
    path("place/<int:organisation>/open/list", desk.publish_list, name="publish_list"),
    path("place/<int:organisation>/open/draw", desk.publish_draw, name="publish_draw"),
    path("place/<int:organisation>/open/notice", desk.publish_notice, name="publish_notice"),
    path("place/<int:organisation>/open/data", desk.publish_data, name="publish_data"),
    path("withdraw/<str:kind>/<int:item>", desk.withdraw, name="withdraw"),
]
