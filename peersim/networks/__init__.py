"""Social networks as they are found or made, before anyone lives in them."""
