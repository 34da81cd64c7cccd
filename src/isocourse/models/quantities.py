"""The names of everything a trial may ask for, with their units."""

_KINETIC = {
    "auc_ng_h_ml": "ng·h/mL",
    "cmax_ng_ml": "ng/mL",
    "tmax_h": "h",
    "half_life_h": "h",
    "cavg_ng_ml": "ng/mL",
}
_DRUGS = ("isotretinoin", "oxo")
_FALLS = ("sebum", "comedone", "papule_pustule", "nodule", "total_lesion")
_SHARES = (
    "clear_share",
    "flare_share",
    "severe_flare_share",
    "relapse_any_share",
    "relapse_systemic_share",
    "relapse_second_course_share",
    "relapse_within_share",
    "cheilitis_share",
    "triglycerides_over_200_share",
    "triglycerides_over_500_share",
    "alt_over_uln_share",
    "alt_over_5x_uln_share",
    "myalgia_share",
)
QUANTITIES: dict[str, str] = {
    **{f"{drug}_{name}": unit for drug in _DRUGS for name, unit in _KINETIC.items()},
    **{f"{name}_fall_pct": "%" for name in _FALLS},
    **{f"{name}_fall_pct_median": "%" for name in _FALLS},
    "c_acnes_fall_log10": "log10",
    "c_acnes_fall_log10_median": "log10",
    "gland_size_fall_pct": "%",
    "follicular_cast_fall_pct": "%",
    **dict.fromkeys(_SHARES, "share"),
    "triglycerides_rise_mg_dl": "mg/dL",
    "alt_rise_pct": "%",
    "total_cholesterol_rise_pct": "%",
    "ldl_rise_pct": "%",
    "hdl_rise_pct": "%",
}  # fmt: skip
"""Each quantity with its unit."""

TIMELESS = tuple(f"{drug}_{name}" for drug in _DRUGS for name in _KINETIC if name[:4] != "cavg")
"""What is told of a dose, or of a dosing day at steady state, without a time."""

RELAPSE = {
    "relapse_any_share": "any_prescription",
    "relapse_systemic_share": "",
    "relapse_second_course_share": "second_course",
}
"""Each definition of relapse with the parameter that holds its hazard to the systemic one."""
