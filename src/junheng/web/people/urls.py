"""Addresses of people and places."""

from django.urls import path

from junheng.web.people import account_views, import_views, tree_views, views

urlpatterns = [
    path("place/<int:organisation>/organisation", tree_views.organisation, name="organisation_page"),
    path("place/<int:organisation>/people", views.people, name="people"),
    path("place/<int:organisation>/invite", views.invite, name="invite"),
    path("place/<int:organisation>/withdraw", views.withdraw, name="invitation_withdraw"),
    path("place/<int:organisation>/import/<slug:what>", import_views.give, name="import"),
    path(
        "place/<int:organisation>/import/<slug:what>/template", import_views.template, name="import_template"
    ),
    path("import/<int:given>", import_views.look, name="import_look"),
    path("person/<int:account>", account_views.account, name="account"),
    path("post/<int:post>/end", views.end_post, name="end_post"),
    path("invitation/<str:token>", views.invitation, name="invitation"),
]
