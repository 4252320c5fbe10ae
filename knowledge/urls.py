"""Addresses of the pages to browse and search."""

from django.urls import path

from knowledge import between_views, graph_views, views

app_name = "knowledge"

urlpatterns = [
    path("", views.front, name="front"),
    path("outlines/", views.outlines, name="outlines"),
    path("preferences/", views.preferences, name="preferences"),
    path("o/<str:outline>/", views.home, name="home"),
    path("o/<str:outline>/search/", views.search, name="search"),
    path("o/<str:outline>/about/", views.about, name="about"),
    path("o/<str:outline>/map/", graph_views.map_of, name="map"),
    path("o/<str:outline>/path/", between_views.path, name="path"),
    path("o/<str:outline>/compare/", between_views.compare, name="compare"),
    path("o/<str:outline>/structure/", graph_views.structure, name="structure"),
    path("o/<str:outline>/export/<str:wanted>/", graph_views.download, name="export"),
    path("o/<str:outline>/line/<int:number>/", graph_views.line, name="line"),
    path("o/<str:outline>/service/<str:service>/", views.service, name="service"),
    path("o/<str:outline>/service/<str:service>/<str:feature>/", views.feature, name="feature"),
    path("o/<str:outline>/fact/<int:pk>/", views.fact, name="fact"),
]
