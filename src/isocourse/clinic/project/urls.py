"""Every address of the clinic."""

from django.urls import include, path, register_converter

from isocourse.clinic.access import views as access
from isocourse.clinic.administration import views as administration
from isocourse.clinic.api import pages as applications
from isocourse.clinic.courses import views as courses
from isocourse.clinic.courses.documents import documents
from isocourse.clinic.courses.overtime.views import over_time
from isocourse.clinic.courses.planning import plan
from isocourse.clinic.forecasts import views as forecasts
from isocourse.clinic.forecasts.quality import quality
from isocourse.clinic.letters import views as letters
from isocourse.clinic.patients import views as patients
from isocourse.clinic.patients.removing import remove_photo
from isocourse.clinic.people import views as people
from isocourse.clinic.people.entrance import SignIn
from isocourse.clinic.people.factors import remove_factor
from isocourse.clinic.prescribing import views as prescribing
from isocourse.clinic.project import health
from isocourse.clinic.project.addresses import Id
from isocourse.clinic.reminders import calendars
from isocourse.clinic.reminders import views as reminders
from isocourse.clinic.reminders.leaving import leave
from isocourse.clinic.supply import registry, waiting
from isocourse.clinic.supply import views as supply
from isocourse.clinic.visits import views as visits
from isocourse.clinic.worklist import views as worklist

register_converter(Id, "id")

urlpatterns = [
    path("", people.home, name="home"),
    path("worklist/", worklist.worklist, name="worklist"),
    path("courses/new/", courses.new, name="new_course"),
    path("courses/<str:code>/", courses.course, name="course"),
    path("courses/<str:code>/over-time/", over_time, name="over_time"),
    path("courses/<str:code>/documents/", documents, name="documents"),
    path("courses/<str:code>/plan/", plan, name="plan"),
    path("courses/<str:code>/forecast/", forecasts.forecast, name="forecast"),
    path("courses/<str:code>/decide/", forecasts.decide, name="decide"),
    path("courses/<str:code>/patient/", patients.patient, name="patient"),
    path("courses/<str:code>/patient/<int:pk>/", patients.patient_photo, name="patient_photo"),
    path("courses/<str:code>/patient/<int:pk>/remove/", remove_photo, name="remove_photo"),
    path("my/", include("isocourse.clinic.portal.urls")),
    path("forecasts/", quality, name="quality"),
    path("claims/", forecasts.claimed, name="claims"),
    path("courses/<str:code>/retract/<id:event>/", courses.retract, name="retract"),
    path("courses/<str:code>/work-up/", visits.work_up, name="work_up"),
    path("courses/<str:code>/record/<slug:form>/", visits.record, name="record"),
    path("courses/<str:code>/prescribe/", prescribing.prescribe, name="prescribe"),
    path(
        "courses/<str:code>/prescriptions/<id:prescription>/",
        prescribing.prescription,
        name="prescription",
    ),
    path("courses/<str:code>/cancel/", prescribing.cancel, name="cancel"),
    path("courses/<str:code>/authorisation/", registry.authorisation, name="authorisation"),
    path("courses/<str:code>/return/", registry.return_to_stock, name="return_to_stock"),
    path("courses/<str:code>/hand-over/", supply.hand_over, name="hand_over"),
    path("courses/<str:code>/outage/", waiting.record_outage, name="record_outage"),
    path("courses/<str:code>/outage/<int:number>/", waiting.show_outage, name="outage"),
    path(
        "courses/<str:code>/outage/<int:number>/end/", waiting.settle_outage, name="settle_outage"
    ),
    path("outages/", waiting.outages, name="outages"),
    path("courses/<str:code>/letters/", letters.letters, name="letters"),
    path("courses/<str:code>/letters/pharmacy.pdf", letters.pharmacy_note, name="pharmacy_note"),
    path("courses/<str:code>/letters/<slug:kind>.pdf", letters.letter, name="letter"),
    path("courses/<str:code>/mail/", reminders.course_mail, name="course_mail"),
    path("courses/<str:code>/calendar.ics", calendars.download, name="course_calendar"),
    path("mail/", reminders.outbox, name="outbox"),
    path("mail/<int:pk>/", reminders.settle, name="settle_message"),
    path("summary/", reminders.summary, name="summary"),
    path("leave/<str:secret>/", leave, name="leave"),
    path("calendar/<str:secret>.ics", calendars.feed, name="feed"),
    path("emergency/", access.emergency, name="emergency"),
    path("access/", access.openings, name="openings"),
    path("people/", people.team, name="team"),
    path("people/<int:pk>/end/", people.end, name="end_membership"),
    path("people/<int:pk>/factor/", remove_factor, name="remove_factor"),
    path("people/<int:pk>/role/", people.change_role, name="change_role"),
    path("administration/", administration.clinic, name="administration"),
    path("administration/changes/", administration.changes, name="changes"),
    path("administration/patients/", patients.desk_page, name="desk"),
    path("administration/applications/", applications.applications, name="applications"),
    path("administration/applications/<int:pk>/end/", applications.end, name="end_application"),
    path("choose/", people.choose, name="choose_clinic"),
    path("join/<str:secret>/", people.join, name="accept_invitation"),
    path("account/login/", SignIn.as_view(), name="account_login"),
    path("account/", include("allauth.urls")),
    path("", include("isocourse.clinic.hooks.urls")),
    path("", include("isocourse.clinic.fhir.urls")),
    path("", include("isocourse.clinic.launch.urls")),
    path("api/", include("isocourse.clinic.api.urls")),
    path("health", health.health, name="health"),
    path("ready", health.ready, name="ready"),
]

handler400 = "isocourse.clinic.looks.refusals.interrupted"
handler403 = "isocourse.clinic.looks.refusals.forbidden"
handler404 = "isocourse.clinic.looks.refusals.not_found"
handler500 = "isocourse.clinic.api.problems.failed"
