"""Those of the facts that plain SQL tells by looking at each entry once: for DuckDB, by name.

Facts of the last, the first or any entry of a kind. What follows from the order of entries (tests
that count, windows, lead time, supplies in a queue, doses by day) would need a query for each.
"""

from isocourse.words.tokens import CONDITIONS, SUBSTANCES, SYMPTOMS

_SMALL = 1000
_SEVERITY = "case code when 'mild' then 0 when 'moderate' then 1 when 'severe' then 2 when 'nodular' then 3 when 'conglobate' then 4 else 5 end"  # noqa: E501


def _last(value: str, which: str) -> str:
    return f'arg_max({value}, "order") filter ({which})'


def _since(which: str) -> str:
    return f'$asked::date - max("at") filter ({which})'


def _small(value: str, which: str) -> str:
    return f"round({_last(value, which)} * {_SMALL})"


def _any(which: str) -> str:
    return f"coalesce(bool_or({which}), false)::int"


def _simple() -> dict[str, str]:
    rx, lab = "kind = 'prescription'", "kind = 'lab' and code = "
    low_mood = _last("(code = 'low_mood')::int", "kind = 'mental_health'")
    return {
        "age_years": "date_sub('year', any_value(birth_date), $asked::date)",
        "weight": _small("value", "kind = 'weight'"),
        "days_since_weight": _since("kind = 'weight'"),
        "days_since_visit": _since("kind = 'visit'"),
        "days_since_diagnosis": _since("kind = 'diagnosis'"),
        "days_since_negative_test": _since("kind = 'pregnancy_test' and code = 'negative'"),
        "days_since_mental_health": _since("kind = 'mental_health'"),
        "days_since_menses": _since("kind = 'menses'"),
        "days_since_stop": _since("kind = 'stop'"),
        "days_since_prescription": _since(rx),
        "severity": _last(_SEVERITY, "kind = 'diagnosis'"),
        "alt": _small("value", f"{lab}'alt'"),
        "triglycerides": _small("value", f"{lab}'triglycerides'"),
        "days_since_lipids": _since(f"{lab}'triglycerides'"),
        "days_since_liver": _since(f"{lab}'alt'"),
        "ck": _small("value", f"{lab}'ck'"),
        "days_since_ck": _since(f"{lab}'ck'"),
        "days_since_glucose": _since(f"{lab}'glucose'"),
        "daily_dose": _small("value", rx),
        "prescription_days": _last("days", rx),
        "doses_per_day": _last("doses_per_day", rx),
        "low_mood": f"coalesce({low_mood}, 0)",
        "antibiotic_failed": _any(_failed("oral_antibiotic")),
        "topical_failed": _any(_failed("topical")),
        "hormonal_failed": _any(_failed("hormonal")),
        "stopped": _any("kind = 'stop'"),
        "relapsed": _any("kind = 'relapse'"),
        "positive_test": _any("kind = 'pregnancy_test' and code = 'positive'"),
        "cycle_regular": _last("yes::int", "kind = 'cycle'"),
    }


def _failed(treatment: str) -> str:
    return f"kind = 'prior_treatment' and code = '{treatment}' and status <> 'cleared'"


def facts_in_sql() -> dict[str, str]:
    """Each fact with its expression over the entries of a course."""
    found = _simple()
    for word in SYMPTOMS:
        which = f"kind = 'symptom' and code = '{word}'"
        found[f"symptom_{word}"] = f"coalesce({_last('grade', which)}, 0)"
        found[f"days_since_symptom_{word}"] = _since(which)
    for word in CONDITIONS:
        which = f"kind = 'condition' and code = '{word}'"
        active = _last("(status = 'active')::int", which)
        found[f"condition_{word}"] = f"coalesce({active}, 0)"
    for word in SUBSTANCES:
        found[f"allergy_{word}"] = _any(f"kind = 'allergy' and code = '{word}'")
    return found


def query() -> str:
    """All of them of every course, from a Parquet file."""
    chosen = ",\n".join(f"{sql} as {name}" for name, sql in facts_in_sql().items())
    return f"""
      with e as (select * from read_parquet($path) where "at" <= $asked::date)
      select course_id, {chosen} from e group by course_id
    """  # noqa: S608 (every word of it stands in this file or in the form of a course)
