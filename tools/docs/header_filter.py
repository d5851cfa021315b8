"""What Doxygen reads in place of a public header: header_filter.py HEADER.

The comment of a group's first member is not the group's, so a blank line goes between them. The
hashes at the end of a header are left out: Doxygen 1.9 finds no scope for them.
"""

import re
import sys
from pathlib import Path

HASHES = re.compile(
    r"^(?:/// \\cond\n(?://[^\n]*\n)*)?template <[^\n]*>\nstruct std::hash.*", re.M | re.S
)

text = Path(sys.argv[1]).read_text()
text = re.sub(r"^( *///@\{)$", r"\1\n", text, flags=re.MULTILINE)
sys.stdout.write(HASHES.sub("", text))
