"""The addresses of the patient's page; every one begins with `my/`."""

from django.urls import path

from isocourse.clinic.portal import entering, pictures, speaking, taking, telling
from isocourse.clinic.portal.first import home

urlpatterns = [
    path("", home, name="my_home"),
    path("in/", entering.door, name="my_door"),
    path("in/key/", entering.key, name="my_key"),
    path("in/<str:secret>/", entering.by_link, name="my_link"),
    path("out/", entering.leave, name="my_leave"),
    path("passkey/", entering.passkey, name="my_passkey"),
    path("check-in/", telling.check_in, name="my_check_in"),
    path("mood/", telling.mood, name="my_mood"),
    path("help/", telling.help_now, name="my_help"),
    path("tell/", telling.tell, name="my_tell"),
    path("questions/", telling.questions, name="my_questions"),
    path("photos/", pictures.photos, name="my_photos"),
    path("photos/<int:pk>/", pictures.photo, name="my_photo"),
    path("data/", taking.data, name="my_data"),
    path("data/file/", taking.file, name="my_file"),
    path("calendar.ics", taking.my_calendar, name="my_calendar"),
    path("language/", speaking.choose, name="my_language"),
]
