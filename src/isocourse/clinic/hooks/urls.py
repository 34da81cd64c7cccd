"""The addresses of the services, as CDS Hooks names them."""

from django.urls import path

from isocourse.clinic.hooks import views

urlpatterns = [
    path("cds-services", views.services, name="cds_services"),
    path("cds-services/<slug:service>", views.service, name="cds_service"),
    path("cds-services/<slug:service>/feedback", views.feedback, name="cds_feedback"),
]
