"""Journal out, receipts and releases in: the only place of the laptop that knows the network."""
