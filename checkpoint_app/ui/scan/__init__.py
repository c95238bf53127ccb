"""The parts of the scan page, each a small widget that is told what to show and says what the officer did."""
