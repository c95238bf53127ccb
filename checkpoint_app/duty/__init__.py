"""What an officer does, one verb a function: sign in, open a shift, screen, record, correct, close. No Qt, no network."""
