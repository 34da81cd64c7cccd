"""Why figures are missed, and why measurements are no outcome, for the page on trust."""

_WORDS = "words instead of a number"
_RATIO = "a ratio of unlike things, which a trial file cannot ask for"
_INPUT = "describes people before treatment or without it; used as an input"
_NO_DOSE = "no dose in the source, and no limit of normal is given"
_HAZARD = "a hazard ratio; a trial file asks for shares"
_NONE = "a trial file has no such quantity"

UNEXPRESSED = {
    "PK08": "time to steady state: no such quantity", "PK16": _RATIO, "PK17": "measured in vitro",
    "PK45": "half-life of distribution: no such quantity", "PK46": _RATIO, "PK47": _RATIO,
    "SB01": _WORDS, "SB08": _WORDS, "SB18": _RATIO, "SB22": _RATIO, "CA01": _WORDS,
    "CA02": _INPUT, "CA05": _WORDS, "CM04": _INPUT, "CM05": _INPUT, "IN01": _WORDS, "IN02": _WORDS,
    "IN03": _NONE, "IN04": _INPUT, "LS08": _WORDS,
    "LS12": "a grade, which is no count of lesions", "LS14": _INPUT,
    "LS35": "a mild flare: no such quantity", "LS36": "a moderate flare: no such quantity",
    "RL07": "a share of relapses within ten years; the file asks for those within three",
    "RL08": _WORDS, "RL23": _HAZARD, "RL24": _HAZARD, "RL25": _HAZARD, "RL46": _HAZARD,
    "RL35": "by GAGS score, which a trial file does not have; `severity_slope` comes from it",
    "RL43": "by GAGS score, which a trial file does not have; `severity_slope` comes from it",
    "TG06": "a share of a baseline that is not given", "TG07": _NO_DOSE, "TG11": _INPUT,
    "TG12": _NO_DOSE, "AL05": _INPUT, "CH01": _RATIO, "CH10": _RATIO, "CH03": _NO_DOSE,
    "MC24": _NONE, "MC25": _NONE, "MC26": _NONE, "MC27": _NONE, "MC28": _NONE,
    "MD05": "a base rate of all doses; used as it is",
}  # fmt: skip

MISSES = {
    "PK06": "Half-lives of 10 to 21 hours were published; a shorter time of sampling gives a "
    "shorter one. The model has one half-life for all, near the longer studies.",
    "PK07": "See PK06: one half-life cannot meet all studies.",
    "PK10": "See PK06: four men, sampled for a shorter time.",
    "PK25": "See PK06; this one is from memory.",
    "PK26": "A half-life of 24 hours (from memory) and a peak before 16 hours cannot both hold "
    "with the parent's own half-life.",
    "PK49": "A half-life of 24 hours (PK26) and a peak before 16 hours cannot both hold with the "
    "parent's own half-life; the fit went to the half-life.",
    "SB11": "Forehead and cheek were measured, and never fell by more than 70 percent, where all "
    "others find about 90: method and site.",
    "SB12": "Forehead and cheek were measured, and never fell by more than 70 percent, where all "
    "others find about 90: method and site.",
    "CA04": "The fit sits on the lower end: the same series gives a slower fall of sebum.",
    "LS04": "Complete clearing was counted in part after the drug; counts before are not given.",
    "LS32": "The same dose gave 80 percent here and 95 in another trial; the model stands between.",
    "RL19": "Twelve months, any prescription: higher than in every other cohort at a similar dose.",
    "RL11": "From 42 to 13 percent between 56 and 112 mg/kg is steeper than in any cohort.",
    "RL02": "Retreatment after very low doses, with a follow-up that is not given.",
    "MS06": "Found at a visit at four months, and less at six; here it is ever by then.",
    "PK37": "The areas of both arms are about two and a half times what the other sources, "
    "to which the model was fitted, foretell for this dose; their ratio agrees.",
    "PK38": "See PK37; the peak is 1.7 times what is foretold.",
    "PK39": "See PK37.",
    "PK53": "From memory; the label's adults reach higher peaks than its single dose foretells.",
    "CL03": "A very good result by the doctor's judgement is not the same as clear by counts.",
    "MC08": "Elicited by examination, not by report.",
    "RL32": "Mild to moderate acne followed for six months only.",
    "MS02": "Studies of muscle pain range from 3 to 37 percent, without any order of dose.",
    "RL03": "From memory.",
    "RL04": "From memory.",
}
