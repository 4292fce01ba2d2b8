"""From runs to what can be said: single runs, contrasts between arms, and where each result comes from."""
