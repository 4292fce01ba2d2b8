"""Many runs: replicates over seeds."""
