"""Measures the program on this machine: python -m bench [part …]; without a part, all of them."""

import sys
from collections.abc import Callable, Sequence

from bench import desk, number_lookup, pages, photos, search, signin, totals

PARTS: dict[str, Callable[[Sequence[str]], int]] = {
    "pages": pages.main,
    "photos": photos.main,
    "signin": signin.main,
    "desk": desk.main,
    "number": number_lookup.main,
    "totals": totals.main,
    "search": search.main,
}


def main(wanted: Sequence[str]) -> int:
    """Run the parts named, or all; 2 for a name that is none, else 1 if one failed."""
    if unknown := [name for name in wanted if name not in PARTS]:
        print(f"No such part: {', '.join(unknown)}. There are: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    return max(PARTS[name]([]) for name in wanted or PARTS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
