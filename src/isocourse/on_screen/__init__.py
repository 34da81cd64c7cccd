"""What a person sees: answers, rules, evidence and problems, laid out for a terminal."""
