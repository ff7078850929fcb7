"""Every address of the site."""

from django.urls import include, path

from junheng.web.front import tour_views
from junheng.web.front import views as front

urlpatterns = [
    path("", include("junheng.web.api.urls")),
    path("", front.home, name="home"),
    path("health", front.health, name="health"),
    path("start", tour_views.start, name="start"),
    path("start/done", tour_views.toured, name="toured"),
    path("", include("junheng.web.findings.urls")),
    path("", include("junheng.web.evidence.urls")),
    path("", include("junheng.web.people.urls")),
    path("", include("junheng.web.audit.urls")),
    path("", include("junheng.web.filing.urls")),
    path("", include("junheng.web.monitoring.urls")),
    path("", include("junheng.web.sources.urls")),
    path("", include("junheng.web.clocks.urls")),
    path("", include("junheng.web.jobs.urls")),
    path("", include("junheng.web.public.urls")),
    path("", include("junheng.web.whatif.urls")),
    path("", include("junheng.web.ledgers.urls")),
    path("", include("junheng.web.appraisal.urls")),
    path("", include("junheng.web.operation.urls")),
    path("", include("junheng.web.survey.urls")),
    path("language", front.language, name="language"),
    path("account/", include("junheng.web.people.account_urls")),
]
handler400 = "junheng.web.front.views.bad_request"
handler403 = "junheng.web.front.views.forbidden"
handler404 = "junheng.web.front.views.not_found"
handler500 = "junheng.web.front.views.server_error"
