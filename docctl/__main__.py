"""``python -m docctl``."""

import sys

from docctl.cli.main import main

sys.exit(main())
