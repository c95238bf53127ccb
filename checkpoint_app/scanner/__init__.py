"""Camera, image files and hand scanners to decoded codes."""
