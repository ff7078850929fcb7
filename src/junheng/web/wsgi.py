"""The site as a WSGI application, for Granian."""

import atexit
import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.settings")
application = get_wsgi_application()
_ = get_resolver().url_patterns  # all views and the library now, not in the first visitor's time

from junheng.data import get_ready_for_returns  # noqa: E402 # the library comes with the views

get_ready_for_returns()
gc.collect()
gc.freeze()  # what is loaded now stays: looking through it again and again would stop every visitor for 0.2 s
atexit.register(gc.unfreeze)  # libraries that look for leaks at the end would see all of it
