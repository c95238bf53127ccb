"""`python -m checkpoint_registry`."""

import sys

from checkpoint_registry.cli import main

sys.exit(main())
