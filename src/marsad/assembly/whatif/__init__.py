"""What if: what the claims of a map imply for one concept when another is pushed.

Signs first (signs.py), sampling second (sampling.py), never a forecast.  docs/method.md has the method, its sources
and its limits.
"""

from marsad.assembly.whatif.answer import WhatIf
from marsad.assembly.whatif.ask import DRAWS, whatif
from marsad.assembly.whatif.system import RELIABILITY

__all__ = ["DRAWS", "RELIABILITY", "WhatIf", "whatif"]
