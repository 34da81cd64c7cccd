"""The demonstration team, and names for patients who do not exist."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

PASSWORD = "isotretinoin-demonstration"  # noqa: S105  (public, and only for the demonstration)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team."""

    username: str
    name: str
    role: str
    profession: str


TEAM = (
    Member("doctor", "Dr Ines Okafor", "prescriber", "dermatologist"),
    Member("nurse", "Tom Lindqvist", "nurse", "specialist_nurse"),
    Member("pharmacist", "Mei Tanaka", "pharmacist", "pharmacist"),
    Member("admin", "Ruth Abeles", "administrator", "other"),
    Member("auditor", "Karim Haddad", "auditor", "other"),
)
ELSEWHERE = (
    Member("doctor-uk", "Dr Alasdair Penrose", "prescriber", "dermatologist"),
    Member("nurse-uk", "Priya Nair", "nurse", "specialist_nurse"),
    Member("pharmacist-uk", "Owen Price", "pharmacist", "pharmacist"),
)

_WOMEN = [
    "Ada",
    "Alma",
    "Bea",
    "Carmen",
    "Clara",
    "Dina",
    "Edith",
    "Elif",
    "Esra",
    "Fatima",
    "Freya",
    "Greta",
    "Hana",
    "Ida",
    "Imani",
    "Ines",
    "Jana",
    "Julia",
    "Kaya",
    "Lara",
    "Leila",
    "Lina",
    "Maja",
    "Mara",
    "Mina",
    "Nadia",
    "Nora",
    "Olga",
    "Paula",
    "Rosa",
    "Ruth",
    "Selma",
]
_MEN = [
    "Adam",
    "Amir",
    "Anton",
    "Basil",
    "Ben",
    "Carlos",
    "Daniel",
    "Dario",
    "Elias",
    "Emil",
    "Felix",
    "Finn",
    "Hugo",
    "Ivan",
    "Jakob",
    "Jonas",
    "Karl",
    "Leo",
    "Luca",
    "Malik",
    "Mateo",
    "Milan",
    "Noah",
    "Omar",
    "Oscar",
    "Pavel",
    "Rafael",
    "Samir",
    "Theo",
    "Yusuf",
]
_FAMILIES = [
    "Abara",
    "Almeida",
    "Berg",
    "Brandt",
    "Castillo",
    "Costa",
    "Demir",
    "Dietrich",
    "Eklund",
    "Farouk",
    "Ferrari",
    "Fischer",
    "Garcia",
    "Grant",
    "Hansen",
    "Hashimi",
    "Horvat",
    "Ito",
    "Jansen",
    "Keller",
    "Kovac",
    "Laurent",
    "Lopez",
    "Mbeki",
    "Moreau",
    "Murphy",
    "Nakamura",
    "Novak",
    "Okoro",
    "Olsen",
    "Park",
    "Petrov",
    "Quist",
    "Ricci",
    "Rossi",
    "Santos",
    "Sato",
    "Schmidt",
    "Silva",
    "Tamm",
    "Torres",
    "Urban",
    "Varga",
    "Weber",
    "Yilmaz",
    "Zhang",
]


def names(random: Random, woman: bool) -> Iterator[str]:
    """Names, each once."""
    seen = set()
    while True:
        name = f"{random.choice(_WOMEN if woman else _MEN)} {random.choice(_FAMILIES)}"
        if name not in seen:
            seen.add(name)
            yield name
