"""The words of a course file as people say them; a word that is not here is shown as it is."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAID: dict[str, Promise] = {
    "iga": _("IGA"),
    "gags": _("GAGS"),
    "gea": _("GEA"),
    "leeds": _("Leeds"),
    "alt": _("ALT"),
    "ast": _("AST"),
    "ck": _("Creatine kinase"),
    "hdl": _("HDL cholesterol"),
    "ldl": _("LDL cholesterol"),
    "white_cells": _("White cells"),
    "us": _("United States"),
    "cheilitis": _("Dry, cracked lips"),
    "myalgia": _("Muscle pain"),
    "arthralgia": _("Joint pain"),
    "nosebleed": _("Nosebleed"),
    "visual_disturbance": _("Blurred or disturbed vision"),
    "night_blindness": _("Poor sight at night"),
    "bloody_diarrhoea": _("Diarrhoea with blood"),
    "blistering_rash": _("Rash with blisters"),
    "flare": _("Flare of acne"),
    "copper_iud": _("Copper coil (IUD)"),
    "hormonal_ius": _("Hormonal coil (IUS)"),
    "pcos": _("Polycystic ovaries"),
    "inflammatory_bowel_disease": _("Inflammatory bowel disease"),
    "gp": _("General practitioner"),
    "cisgender_male": _("Cisgender male"),
    "pre_menarche": _("Before the first period"),
    "supervised_remote": _("Remote, supervised"),
    "home": _("At home"),
    "fulminans": _("Fulminans"),
    "general": _("General consent"),
    "birth_defects": _("Consent on birth defects"),
    "acknowledgement_of_risk": _("Acknowledgement of risk"),
    "care_agreement": _("Care agreement"),
    "started": _("Takes it"),
    "in_person": _("Face to face"),
    "remote": _("Remote"),
    "obesity": _("Obesity"),
    "suicide_attempt": _("Suicide attempt"),
    "vitamin_a": _("Vitamin A"),
    "side_effect": _("Side effects"),
    "patient_choice": _("The patient's choice"),
    "clear": _("Skin is clear"),
    "hypervitaminosis_a": _("Hypervitaminosis A"),
    "psychiatric": _("Mental illness"),
    "conditions": _("Diseases"),
    "breastfeeding": _("Breast-feeding"),
    "skin_lips_and_sun": _("Skin, lips and sun"),
    "blood_donation_and_sharing": _("Blood donation, sharing capsules"),
    "lidose": _("Lidose"),
    "micronised": _("Micronised"),
    "any_prescription": _("Any prescription for acne"),
    "systemic_treatment": _("A systemic treatment"),
    "second_course": _("A second course"),
    "clinician": _("In the clinician's judgement"),
}

Choices = list[tuple[str, Promise | str]]


def say(word: str) -> Promise | str:
    """A word as people say it."""
    return SAID.get(word) or word.replace("_", " ").capitalize()


def choices(words: Iterable[str]) -> Choices:
    """Words to choose from."""
    return [(word, say(word)) for word in words]
