"""Pregnancy prevention: who is bound, which tests count, which contraception is accepted."""
