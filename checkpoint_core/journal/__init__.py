"""The journal's format, the wire contract of laptop and registry: entries, hash chain, signatures, receipts."""
