"""The mechanisms of the model, one a file: what it claims, where from, its numbers, and its compiled rule."""
