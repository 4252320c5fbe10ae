"""Addresses of the pages to browse and search."""

from django.urls import path

from knowledge import graph_views, views

app_name = "knowledge"

urlpatterns = [
    path("", views.front, name="front"),
    path("outlines/", views.outlines, name="outlines"),
    path("preferences/", views.preferences, name="preferences"),
    path("o/<str:outline>/", views.home, name="home"),
    path("o/<str:outline>/search/", views.search, name="search"),
    path("o/<str:outline>/about/", views.about, name="about"),
    path("o/<str:outline>/map/", graph_views.map_of, name="map"),
    path("o/<str:outline>/line/<int:number>/", graph_views.line, name="line"),
    path("o/<str:outline>/service/<str:service>/", views.service, name="service"),
    path("o/<str:outline>/service/<str:service>/<str:feature>/", views.feature, name="feature"),
    path("o/<str:outline>/fact/<int:pk>/", views.fact, name="fact"),
]
