"""Addresses of jobs."""

from django.urls import path

from junheng.web.jobs import downloads, plan_views, private_views, sample_views, views
from junheng.web.jobs.works import views as works

urlpatterns = [
    path("place/<int:organisation>/jobs", views.jobs, name="jobs"),
    path("place/<int:organisation>/jobs/evaluate", views.evaluate, name="job_evaluate"),
    path("place/<int:organisation>/jobs/sample/<str:name>", sample_views.send, name="job_sample"),
    path("place/<int:organisation>/jobs/plan", plan_views.plan, name="job_plan"),
    path("place/<int:organisation>/jobs/compare", plan_views.compare, name="job_compare"),
    path("place/<int:organisation>/jobs/draw", private_views.draw, name="job_draw"),
    path("place/<int:organisation>/jobs/rehearse", private_views.rehearse, name="job_rehearse"),
    path("place/<int:organisation>/jobs/classes", private_views.classes, name="job_classes"),
    path("place/<int:organisation>/works", works.works, name="job_works"),
    path("place/<int:organisation>/works/form/<str:form>", works.send_sample, name="job_form"),
    path("place/<int:organisation>/works/<str:work>", works.ask, name="job_ask"),
    path("finding/<int:finding>/verify", views.verify, name="job_verify"),
    path("finding/<int:finding>/report", views.report, name="job_report"),
    path("finding/<int:finding>/files", downloads.files, name="finding_files"),
    path("finding/<int:finding>/file/<path:name>", downloads.file, name="finding_file"),
    path("job/<int:job>", views.job, name="job"),
    path("job/<int:job>/cancel", views.cancel, name="job_cancel"),
    path("job/<int:job>/retry", views.retry, name="job_retry"),
    path("job/<int:job>/check", plan_views.check, name="job_check"),
    path("job/<int:job>/counts", works.counts, name="job_counts"),
    path("job/<int:job>/map", plan_views.open_map, name="job_map"),
    path("job/<int:job>/publish", private_views.publish, name="job_publish"),
    path("job/<int:job>/paper/<path:name>", downloads.paper, name="job_paper"),
]
