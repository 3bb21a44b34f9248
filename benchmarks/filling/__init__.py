"""What the benchmark's databases hold."""
