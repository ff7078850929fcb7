"""Addresses of the interface, of its document, and of the pages that keep tokens and webhooks."""

from django.urls import URLPattern, URLResolver, include, path

from junheng.web.api import document_views, hook_views, views
from junheng.web.api.service import api
from junheng.web.front.guard import Guard

_ROOT = "api-root"  # ninja's own page, which we do not have
_ANY = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT"})


def _operations() -> list[URLPattern | URLResolver]:
    """ninja's own patterns. To the site they are public: a session opens none of them; each asks for its token itself
    (tests walk the document's operations), which the mark here says."""
    found = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != _ROOT]
    for one in found:
        one.callback.guard = Guard(None, None, _ANY)  # type: ignore[attr-defined] # read by the walk over all routes
    return [*found]


urlpatterns: list[URLPattern | URLResolver] = [
    path("api", document_views.page, name="api_page"),
    path("api/v1/openapi.json", document_views.openapi, name="api_document"),
    path("api/v1/", include((_operations(), "api"))),
    path("api/v1/<path:rest>", document_views.nothing, name="api_nothing"),
    path("place/<int:organisation>/tokens", views.tokens, name="tokens"),
    path("place/<int:organisation>/tokens/make", views.make, name="token_make"),
    path("token/<int:api_token>/revoke", views.revoke, name="token_revoke"),
    path("place/<int:organisation>/hooks", hook_views.hooks, name="hooks"),
    path("hook/<int:hook>", hook_views.hook, name="hook"),
    path("hook/<int:hook>/try", hook_views.test, name="hook_try"),
    path("hook/<int:hook>/end", hook_views.end, name="hook_end"),
]
