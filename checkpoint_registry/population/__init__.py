"""The population register, and what it says of each traveller."""
