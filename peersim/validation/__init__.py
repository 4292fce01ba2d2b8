"""The model against what is known: bands with their sources, what the model gives, and whether the two agree."""
