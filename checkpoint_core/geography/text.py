"""Names of places made comparable: the key a name is looked up by."""

import re

from checkpoint_core.text import fold

_OTHER = re.compile(r"[^a-z0-9]+")


def key_of(text: str) -> str:
    """`text` folded, without anything but letters and digits, y written i: 'Xã Mỹ-Quý' and 'xa mi qui' are alike."""
    return _OTHER.sub("", fold(text)).replace("y", "i")
