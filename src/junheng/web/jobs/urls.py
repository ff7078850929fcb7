"""Addresses of jobs."""

from django.urls import path

from junheng.web.jobs import downloads, views

urlpatterns = [
    path("place/<int:organisation>/jobs", views.jobs, name="jobs"),
    path("place/<int:organisation>/jobs/evaluate", views.evaluate, name="job_evaluate"),
    path("place/<int:organisation>/jobs/plan", views.plan, name="job_plan"),
    path("finding/<int:finding>/verify", views.verify, name="job_verify"),
    path("finding/<int:finding>/report", views.report, name="job_report"),
    path("finding/<int:finding>/files", downloads.files, name="finding_files"),
    path("finding/<int:finding>/file/<path:name>", downloads.file, name="finding_file"),
    path("job/<int:job>", views.job, name="job"),
    path("job/<int:job>/cancel", views.cancel, name="job_cancel"),
    path("job/<int:job>/retry", views.retry, name="job_retry"),
    path("job/<int:job>/paper/<path:name>", downloads.paper, name="job_paper"),
]
