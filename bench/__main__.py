"""The benchmarks: python3 dev.py bench [NAME] [--size N] [--json].

bench/NAME.py has a function run(size) that yields (name, value, unit); size is None unless given.
A table, or with --json one object per line: name, value, unit, database.
"""

import argparse
import json
import os
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

from tests import databases

NAMES = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))


def main():
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Run the benchmarks.")
    parser.add_argument("name", nargs="?", choices=NAMES, metavar=f"NAME ({', '.join(NAMES)})")
    parser.add_argument("--size", type=int, help="how many things, where the benchmark has a size")
    parser.add_argument("--json", action="store_true", help="one object per line")
    asked = parser.parse_args()
    database = "postgresql" if databases.ON_POSTGRES else "sqlite"
    # A database of its own, so that no benchmark touches what a developer works with.
    with ExitStack() as stack:
        os.environ["DATABASE_URL"] = stack.enter_context(databases.copy("example"))
        import django

        django.setup()
        for name in [asked.name] if asked.name else NAMES:
            for what, value, unit in import_module(f"bench.{name}").run(asked.size):
                if asked.json:
                    row = {"name": what, "value": value, "unit": unit, "database": database}
                    print(json.dumps(row), flush=True)
                else:
                    print(f"{name:12} {what:44} {value:>12,.3f} {unit:10} {database}", flush=True)


if __name__ == "__main__":
    main()
