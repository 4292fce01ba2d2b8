"""The real networks that lie beside the checkout, where they do, and the settings under which each makes sense."""

from pathlib import Path

import pytest

DATA = Path(__file__).parents[1].parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the real networks are not beside this checkout")

PUPILS = {"nodes": "highschool2013_nodes.csv", "isolates": "drop"}
NETWORKS = {
    "office": {"file": "invs15_edges.csv"},
    "office by department and minutes": {
        "file": "invs15_edges.csv", "nodes": "invs15_nodes.csv", "weight": "minutes",
    },
    "school friends": {"file": "highschool2013_friendship_edges.csv", **PUPILS},
    "school facebook": {"file": "highschool2013_facebook_pairs.csv", "weight": "facebook", **PUPILS},
    "girls, wave 1": {"file": "s50_edges.csv", "wave": 1},
    "girls, wave 2": {"file": "s50_edges.csv", "wave": 2},
    "girls, wave 3": {"file": "s50_edges.csv", "wave": 3},
}  # fmt: skip
"""The `[network]` table of each."""
ADULTS = ("office", "office by department and minutes")
"""The networks among whose people couples are drawn; the others are pupils."""
