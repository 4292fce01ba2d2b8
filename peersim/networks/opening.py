"""Opening a file as text, whatever its compression and encoding, or saying why not."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from peersim.networks.errors import NetworkError

MOST_BYTES = 2_000_000_000
"""The largest file read, unpacked: a small packed file may hold far more than the memory does."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")


def read_bytes(path: Path) -> bytes:
    """The file's bytes, unpacked where they are gzip.

    Raises NetworkError for a missing file, a directory, an empty or too large file and a broken archive.
    """
    if not path.exists():
        raise NetworkError(
            f"{path}: there is no such file; a path is read from the folder of the scenario that names it, with -s "
            "from the current folder"
        )
    if not path.is_file():
        raise NetworkError(f"{path}: this is a folder, not a file; name the file with the ties in it")
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b" " * (MOST_BYTES + 1)
    except OSError as error:
        raise NetworkError(f"{path}: the file cannot be read ({error.strerror})") from error
    if data.startswith(b"\x1f\x8b"):
        data = _unpack(path, data)
    if len(data) > MOST_BYTES:
        raise NetworkError(f"{path.name}: over {MOST_BYTES / 1e9:g} GB unpacked; write fewer ties or columns")
    if data.startswith(b"PK\x03\x04"):
        raise NetworkError(f"{path.name}: this is a workbook or zip archive; save the sheet as CSV")
    if not data.strip():
        raise NetworkError(f"{path.name}: the file is empty; it should have one tie a line")
    return data


def _unpack(path: Path, data: bytes) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        while data and size <= MOST_BYTES:
            unpacker = zlib.decompressobj(wbits=31)
            parts.append(unpacker.decompress(data, MOST_BYTES + 1 - size))
            size += len(parts[-1])
            if not unpacker.eof and size <= MOST_BYTES:
                raise NetworkError(f"{path.name}: the packed file ends too early; copy or download it again")
            data = unpacker.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise NetworkError(f"{path.name}: the packed file is damaged ({error}); copy it again") from error
    return b"".join(parts)


def as_text(name: str, data: bytes) -> str:
    """The bytes as text: UTF-8, UTF-16 where it says so, else Windows-1252 as old spreadsheets write.

    Raises NetworkError for bytes that are no text.
    """
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise NetworkError(f"{name}: these bytes are no text; write the ties as CSV, GraphML, GEXF, GML, Pajek or JSON")
