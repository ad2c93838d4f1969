"""A million articles on one machine: how fast, in how much memory, and what a kill half-way costs.

    python benchmarks/archive.py FOLDER [--articles 1000000]

Makes the corpus as Parquet in FOLDER (about 3 GB of text; 1.5 GB on disk), starts `scale.suggest` in a process, kills it
without warning when half of the parts are finished, starts it again, and counts. Delete FOLDER afterwards.
"""

from __future__ import annotations

import argparse
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import corpus
from qualkit import scale

HERE = Path(__file__).parent
WORK = "import sys, corpus; from qualkit import scale; scale.suggest(sys.argv[1], corpus.codebook(), sys.argv[2])"


def finished(target: Path) -> int:
    return len(list(target.glob("suggestions/[0-9]*")))


def begin(source: Path, target: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WORK, str(source), str(target)], cwd=HERE, stdout=subprocess.DEVNULL)


def used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    asked = parser.parse_args()
    source, target = asked.folder / "archive.parquet", asked.folder / "suggested"
    if not source.exists():
        subprocess.run([sys.executable, HERE / "corpus.py", "--articles", str(asked.articles), source], check=True)
    before = used()
    first = begin(source, target)
    while not (target / "manifest.json").exists():
        time.sleep(0.1)
    parts = len(scale._planned(scale._manifest(target)))
    while finished(target) < parts // 2 and first.poll() is None:
        time.sleep(0.1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    kept = {path: path.stat().st_mtime_ns for path in target.glob("suggestions/[0-9]*")}
    print(f"killed after {len(kept)} of {parts} parts, {used() - before:.0f} CPU s")
    if begin(source, target).wait():
        raise SystemExit("the second call failed")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    again = sum(path.stat().st_mtime_ns != changed for path, changed in kept.items())
    started = time.process_time()
    counted = scale.counts(target, corpus.codebook(), by="year")
    print(f"finished: {finished(target)} parts, {again} done again; {used() - before:.0f} CPU s with both calls")
    print(f"largest resident memory: {memory:.2f} GB (Linux)")
    print(f"counts by year: {len(counted)} rows, {time.process_time() - started:.0f} CPU s")
    print(scale.matrix(counted, count="document").keep(columns=counted["year"].unique()[:3].tolist()))


if __name__ == "__main__":
    main()
