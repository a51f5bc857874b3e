"""The zip that a pack is: every byte of it follows from the files in it, whatever wrote it and in whichever year.

Nothing is compressed, so nothing hangs on a compressor's version; no times, no owners, names in UTF-8, sorted. A zip
that any tool opens, which can be made again from its files to see that it is as it was.
"""

import struct
import zlib
from collections.abc import Mapping
from typing import Final

DAY_ONE: Final = 0x21
"""1 January 1980, the first that a zip can say."""
UTF8: Final = 0x800
VERSION: Final = 20
UNIX: Final = 3 << 8
READABLE: Final = 0o100644 << 16
MOST_FILES: Final = 65_000
MOST_BYTES: Final = 2**32 - 2**24
"""Beyond these a zip needs other fields, which this one does without."""

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


def stored(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of `files` by name, `/` between folders. ValueError where they are too many or too large for one."""
    if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST_BYTES:
        raise ValueError("these files are too many or too large for one zip")
    parts: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for name in sorted(files):
        content, encoded = files[name], name.encode()
        fields = (UTF8, 0, 0, DAY_ONE, zlib.crc32(content), len(content), len(content), len(encoded), 0)
        local = _LOCAL.pack(b"PK\3\4", VERSION, *fields) + encoded
        more = (0, 0, 0, READABLE, offset)
        central.append(_CENTRAL.pack(b"PK\1\2", UNIX | VERSION, VERSION, *fields, *more) + encoded)
        parts += [local, content]
        offset += len(local) + len(content)
    directory = b"".join(central)
    end = _END.pack(b"PK\5\6", 0, 0, len(files), len(files), len(directory), offset, 0)
    return b"".join([*parts, directory, end])
