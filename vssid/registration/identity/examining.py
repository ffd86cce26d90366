"""Looks into photos of identity papers: a program of its own, without secrets, with limits.

The pixels come from strangers and meet large decoders written in C++. So `reading` runs this module
in a process that dies of them alone: standard input holds a line of JSON and the photos one after
another, standard output what their codes say, which `reading` parses again.
"""

import io
import json
import resource
import sys
from datetime import date

import cv2
import numpy as np
from PIL import Image

from vssid.registration.identity.mrz_photo import read_mrz
from vssid.registration.identity.qr_photo import read_id_qr
from vssid.registration.identity.text_lines import Pixels

# Of addresses; measured with both models and the largest photo: 1.0 GB, of which 0.4 GB are used.
MEMORY_BYTES = 1536 * 1024 * 1024
# Photos are stored with at most 1600 pixels a side.
MAX_SIDE = 2000


def examine(jpeg: bytes, *, today: date) -> dict[str, str]:
    """The texts of QR code and MRZ of one photo; each is empty where nothing sure was read."""
    picture = pixels(jpeg)
    return {"qr": read_id_qr(picture, today=today), "mrz": read_mrz(picture, today=today)}


def pixels(jpeg: bytes) -> Pixels:
    """A stored photo in RGB. Raises ValueError or OSError for what no stored photo can be."""
    image = Image.open(io.BytesIO(jpeg), formats=["JPEG"])
    if max(image.size) > MAX_SIDE:
        raise ValueError("a stored photo is smaller")
    return np.asarray(image.convert("RGB"), np.uint8)


def main() -> None:
    """Answer for the photos on standard input, within limits that the system holds."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    asked = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    cv2.setNumThreads(1)
    today = date.fromisoformat(asked["today"])
    photos = [sys.stdin.buffer.read(size) for size in asked["sizes"]]
    sys.stdout.write(json.dumps([examine(photo, today=today) for photo in photos]))


if __name__ == "__main__":
    main()
