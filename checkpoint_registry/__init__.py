"""The central registry: takes journals in, verifies travellers, publishes releases."""
