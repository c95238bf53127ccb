"""Evidence about a traveller, and the verdict it adds up to under a policy."""
