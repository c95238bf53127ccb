"""Who a code, a line of MRZ or a typed number says somebody is: `read` takes anything and never raises."""
