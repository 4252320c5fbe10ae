"""Pages to browse and search."""
from django.http import HttpRequest, HttpResponse


def front(request: HttpRequest) -> HttpResponse: ...
outlines = home = search = about = service = feature = fact = front
