"""Every address of the site."""

from django.urls import include, path

from junheng.web.audit import views as audit
from junheng.web.findings import views as findings
from junheng.web.front import views as front
from junheng.web.people import views as people

urlpatterns = [
    path("", front.home, name="home"),
    path("health", front.health, name="health"),
    path("place/<int:organisation>", findings.place, name="place"),
    path("place/<int:organisation>/people", people.people, name="people"),
    path("place/<int:organisation>/invite", people.invite, name="invite"),
    path("place/<int:organisation>/trail", audit.trail, name="trail"),
    path("post/<int:post>/end", people.end_post, name="end_post"),
    path("invitation/<str:token>", people.invitation, name="invitation"),
    path("finding/<int:finding>", findings.overview, name="finding"),
    path("finding/<int:finding>/school/<str:school>", findings.school, name="finding_school"),
    path("finding/<int:finding>/school/<str:school>/<str:indicator>", findings.figure, name="finding_figure"),
    path("", include("junheng.web.filing.urls")),
    path("", include("junheng.web.jobs.urls")),
    path("", include("junheng.web.public.urls")),
    path("language", front.language, name="language"),
    path("account/", include("allauth.account.urls")),
    path("account/mfa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("account/outside/", include("allauth.socialaccount.urls")),
    path("account/outside/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
handler404 = "junheng.web.front.views.not_found"
