"""``python -m docctl``, and the command ``docctl``: a process that ends with its command.

The collector of cycles is switched off before anything is imported: all is freed when the process ends, and to look for
cycles takes a tenth of a short run.
"""

from __future__ import annotations

import gc
import sys

gc.disable()

from docctl.cli.main import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
