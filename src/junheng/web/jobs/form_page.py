"""A form that asks for a job: shown, refused in the library's words, or asked."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.basics import UserError
from junheng.web.jobs.forms import UploadForm
from junheng.web.jobs.models import Job
from junheng.web.people.models import Organisation


def form_page(
    request: HttpRequest,
    form: UploadForm,
    county: Organisation,
    template: str,
    act: Callable[[], Job],
    **more: Any,
) -> HttpResponse:
    """The page ``template`` with ``form``; once it is valid, ``act`` asks for the job."""
    if request.method == "POST" and form.is_valid():
        try:
            asked = act()
        except UserError as error:
            form.refuse(error)
        else:
            return redirect("job", job=asked.pk)
    return render(request, template, {"form": form, "place": county, **more})
