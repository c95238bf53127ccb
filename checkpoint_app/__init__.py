"""The laptop: scans, screens, records and sends crossings, with or without a network."""
