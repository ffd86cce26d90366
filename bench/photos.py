"""Measures what a photo of 12 million pixels costs: python -m bench.photos

Each format is taken in by a process of its own, so that its peak of memory is its own: what is
decoded, turned, made small, re-encoded and judged. Beside it stands what Pillow alone needs to
decode the same file and write it as a JPEG of the same size, measured in the same run; the time is
that of the processor, which other programs on the machine do not lengthen.
"""

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from PIL import Image
from pillow_heif import register_heif_opener

from vssid.files.pictures import accept_photo
from vssid.files.quality import Subject, judge

WIDTH, HEIGHT = 4000, 3000
SECONDS, MEGABYTES = 1.5, 200
FORMATS = {"JPEG": 90, "PNG": 0, "WEBP": 80, "HEIF": 60}
ROUNDS = 3


def scene() -> Image.Image:
    """A picture with edges, surfaces and grain, the same every time."""
    random = Random(12)
    grain = Image.frombytes("RGB", (1000, 750), random.randbytes(1000 * 750 * 3))
    image = Image.radial_gradient("L").resize((WIDTH, HEIGHT)).convert("RGB")
    return Image.blend(image, grain.resize((WIDTH, HEIGHT), Image.Resampling.NEAREST), 0.03)


def bare(content: bytes) -> None:
    """What any program has to do: decode, encode."""
    image = Image.open(io.BytesIO(content))
    image.convert("RGB").save(io.BytesIO(), "JPEG", quality=85)


def ours(content: bytes) -> None:
    """What is done here with a photo that arrives."""
    judge(accept_photo(content).jpeg, Subject.PAPER)


def once(how: str, path: str) -> str:
    """Seconds of the processor and megabytes at the peak, in this process."""
    register_heif_opener()
    content = Path(path).read_bytes()
    started = time.process_time()
    {"bare": bare, "ours": ours}[how](content)
    seconds = time.process_time() - started
    return f"{seconds} {_peak_kb() / 1024}"


def _peak_kb() -> int:
    # Not getrusage: its peak begins with what the starting process had.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def _measured(how: str, path: Path) -> tuple[float, float]:
    """The quickest of some rounds and the highest peak."""
    command = [sys.executable, "-m", "bench.photos", how, str(path)]
    runs = [subprocess.run(command, check=True, capture_output=True) for _ in range(ROUNDS)]
    figures = [[float(word) for word in run.stdout.split()] for run in runs]
    return min(seconds for seconds, _ in figures), max(peak for _, peak in figures)


def main(words: Sequence[str]) -> int:
    """Print the figures; 1 when a format is beyond what was promised."""
    if words:
        sys.stdout.write(once(*words))
        return 0
    register_heif_opener()
    picture, failed = scene(), False
    print(
        f"Photos of {WIDTH * HEIGHT // 1_000_000} megapixels, at most {SECONDS} s, {MEGABYTES} MB"
    )
    with tempfile.TemporaryDirectory() as folder:
        for kind, quality in FORMATS.items():
            path = Path(folder) / kind.lower()
            picture.save(path, kind, quality=quality)
            raw, _peak = _measured("bare", path)
            seconds, peak = _measured("ours", path)
            is_beyond = seconds > SECONDS or peak > MEGABYTES
            failed |= is_beyond
            note = "  beyond" if is_beyond else ""
            print(
                f"{kind:5} {path.stat().st_size / 1e6:5.1f} MB  {seconds:5.2f} s, "
                f"{seconds / raw:4.2f} of a bare decode and encode ({raw:.2f} s)  "
                f"{peak:4.0f} MB{note}"
            )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
