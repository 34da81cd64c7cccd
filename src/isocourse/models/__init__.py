"""What the drug does: kinetics, the four mechanisms, lesions, harms, relapse, people, trials."""

from isocourse.models.forecast import simulate_person, simulate_population
from isocourse.models.people import Population
from isocourse.models.regimen import Phase
from isocourse.models.running import Taking
from isocourse.models.summary import Forecast
from isocourse.models.trial import run_trial
from isocourse.models.trial_file import BadTrial, read_trial

__all__ = [
    "BadTrial",
    "Forecast",
    "Phase",
    "Population",
    "Taking",
    "read_trial",
    "run_trial",
    "simulate_person",
    "simulate_population",
]
