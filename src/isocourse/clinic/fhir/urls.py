"""The addresses of the FHIR server, as FHIR, SMART and Bulk Data name them."""

from django.urls import path

from isocourse.clinic.fhir import administering, exporting, granting, views

urlpatterns = [
    path("administration/systems/", administering.systems, name="systems"),
    path("fhir/", views.base_address, name="fhir_base"),
    path("fhir/metadata", views.metadata, name="fhir_metadata"),
    path("fhir/.well-known/smart-configuration", views.configuration, name="fhir_smart"),
    path("fhir/auth/token", granting.token, name="fhir_token"),
    path("fhir/$export", exporting.begin, {"level": "system"}, name="fhir_export"),
    path("fhir/Patient/$export", exporting.begin, {"level": "patient"}, name="fhir_patients"),
    path("fhir/exports/<slug:name>", exporting.status, name="fhir_export_status"),
    path("fhir/exports/<slug:name>/<slug:file>.ndjson", exporting.file, name="fhir_export_file"),
    path("fhir/Patient/<str:name>/$everything", views.everything, name="fhir_everything"),
    path("fhir/<slug:kind>", views.search, name="fhir_search"),
    path("fhir/<slug:kind>/_search", views.search, name="fhir_search_post"),
    path("fhir/<slug:kind>/<str:name>", views.one, name="fhir_read"),
]
