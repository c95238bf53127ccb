"""Administrative units before and after 1 July 2025, and address text to unit."""
