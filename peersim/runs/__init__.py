"""Many runs: replicates over seeds, and a store of what was run."""
