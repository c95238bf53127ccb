"""The window: pages, widgets, translations, and the one door to work off the GUI thread. Qt lives here and in app.py."""
