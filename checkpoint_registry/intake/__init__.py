"""Taking journals in: every entry gets one receipt, whatever becomes of it."""
