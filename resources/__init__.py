"""Icons, fonts, sounds and translations, read through importlib.resources."""
