"""The site as a WSGI application, for Granian."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.settings")
application = get_wsgi_application()
_ = get_resolver().url_patterns  # all views and the library now, not in the first visitor's time
