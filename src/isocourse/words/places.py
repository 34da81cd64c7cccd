"""The places a course may be run in, and the clock of each."""

ZONES: dict[str, str] = {
    "us": "America/New_York",
    "uk": "Europe/London",
    "eu": "Europe/Brussels",
    "de": "Europe/Berlin",
    "fr": "Europe/Paris",
    "it": "Europe/Rome",
    "in": "Asia/Kolkata",
}
"""The IANA time zone of a course whose file names none."""

REGISTRY_ZONES: dict[str, str] = {"us": "America/New_York"}
"""The clock of a place's registry, where it has one of its own."""
