"""`python -m qualkit` is the command line `qualkit`."""

import sys

from qualkit.study import main

if __name__ == "__main__":
    sys.exit(main())
