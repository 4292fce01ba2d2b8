"""Experiments: a file that asks one question of many runs, read and checked; what runs them stands elsewhere."""
