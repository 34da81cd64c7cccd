"""The addresses of a launch."""

from django.urls import path

from isocourse.clinic.launch import views

urlpatterns = [
    path("launch", views.begin, name="launch_begin"),
    path("launch/back", views.back, name="launch_back"),
    path("launch/open", views.opened, name="launch_open"),
]
