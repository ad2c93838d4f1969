"""What a coder's file stands: real processes are killed, race each other and run out of disk; prints what was lost.

    python benchmarks/saving.py            # all, about ten minutes
    python benchmarks/saving.py --rounds 0.05 --only killed damaged

Needs Linux (signals, fork). Where it is run by the administrator, a disk of 300 kB in memory is really filled.
"""

import argparse
import contextlib
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median

import pandas as pd

from qualkit import audit, coderfile
from qualkit.audit import BACKUPS, LOG, check_audit, fingerprint
from qualkit.coderfile import CoderFile
from qualkit.codings import FILE_COLUMNS as COLUMNS
from qualkit.tables import csv_bytes, salvage, write_whole
from qualkit.trash import removed_rows
from qualkit.versions import backups, restore

KEY = ("document", "start", "end", "code")
MEMOS = ("", "", "solar?", 'two lines\nand a "quotation", with a comma', "=1+1", "🇮🇩 é")


def row(number: int, memo: str | None = None) -> dict[str, str]:
    """A made-up coding; its text is as long as a sentence of a newspaper."""
    said = f"kalimat {number}, " + "kerja sama antara dua kota pelabuhan " * 5
    return {
        "document": f"berita-{number // 40}", "segment": str(number % 40 + 1), "start": str(number % 40 * 200),
        "end": str(number % 40 * 200 + len(said)), "code": "EKO.ENERGI", "coder": "rani", "statement": "",
        "memo": MEMOS[number % len(MEMOS)] if memo is None else memo, "created": "2026-11-22", "codebook": "1.0",
        "sha256": "0" * 16, "quote": said, "prefix": said[:30], "suffix": said[-30:],
    }  # fmt: skip


def opened(path: Path) -> CoderFile:
    return CoderFile(path, COLUMNS, KEY, "rani")


def child(work) -> tuple[int, int]:
    """A process that does the work and can say bytes into a pipe: its id, and the end to read from."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(reading)
            work(lambda said: os.write(writing, said))
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    return pid, reading


def everything(reading: int) -> bytes:
    with open(reading, "rb") as pipe:
        return pipe.read()


def judged(path: Path, acknowledged: list[int], tally: Counter[str]) -> None:
    """Count what is lost, and whether the file and the log serve the next start without repair by hand."""
    tally["rounds"] += 1
    content = path.read_bytes() if path.exists() else b""
    read = salvage(content, COLUMNS)
    there = Counter(int(found["quote"].split()[1][:-1]) for found in read.rows)
    tally["unparsable"] += bool(read.damaged)
    tally["acknowledged"] += len(acknowledged)
    tally["lost"] += len(set(acknowledged) - set(there))
    tally["too many"] += len(set(there) - set(acknowledged)) > 1 or max(there.values(), default=0) > 1
    file = opened(path)
    file.change(add=[row(999_999)])
    tally["not writable after"] += row(999_999) not in opened(path).rows


def killed(rounds: int, seed: int = 5) -> dict[str, int]:
    """Kill -9 at a random moment while one coding after the other is saved."""
    chance, tally = random.Random(seed), Counter[str]()
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rani.csv"

            def work(say, path=path):
                file = opened(path)
                for number in range(10_000):
                    file.change(add=[row(number)])
                    say(b".")

            pid, reading = child(work)
            os.read(reading, 1)
            time.sleep(chance.uniform(0, 0.1))
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            judged(path, list(range(1 + len(everything(reading)))), tally)
    return dict(tally)


STEPS = {"write", "fsync", "replace", "open", "unlink", "utime", "mkdir", "flock"}


def killed_at_each_step(saves: int = 3, every: int = 1) -> dict[str, int]:
    """Kill -9 before, half-way through and after each file operation of some saves (every n-th of them)."""

    def work(say, path, at=0, when=""):
        file, seen = opened(path), [0]
        halves = {"write": ("line", "content")}

        def watch(frame, event, function):
            if (
                event not in ("c_call", "c_return")
                or getattr(function, "__name__", "") not in STEPS
                or frame.f_code is say.__code__
            ):
                return
            seen[0] += event == "c_call"
            if seen[0] != at or (event == "c_call") == (when == "after"):
                return
            if when == "half":
                sys.setprofile(None)
                data = next((frame.f_locals[name] for name in halves.get(function.__name__, ()) if name in frame.f_locals), b"")
                if data:
                    function(data[: len(data) // 2])
                    with contextlib.suppress(AttributeError):
                        function.__self__.flush()
            os.kill(os.getpid(), signal.SIGKILL)

        for number in range(saves):
            sys.setprofile(watch)
            file.change(add=[row(2 * number + 1)], remove=[row(2 * number - 1)] if number else [])
            sys.setprofile(None)
            say(b".")
        say(bytes([seen[0]]))

    tally = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        pid, reading = child(lambda say: work(say, Path(folder) / "rani.csv"))
        os.waitpid(pid, 0)
        operations = everything(reading)[-1]
    for at in range(1, operations + 1, every):
        for when in ("before", "half", "after"):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "rani.csv"
                pid, reading = child(lambda say, path=path, at=at, when=when: work(say, path, at, when))
                os.waitpid(pid, 0)
                done = everything(reading).count(b".")
                # A save replaces the coding of the one before: acknowledged is that coding, or the one in flight in its place.
                last = [2 * done - 1] if done else []
                there = {int(found["quote"].split()[1][:-1]) for found in opened(path).rows}
                judged(path, sorted(there) if done and there == {2 * done + 1} else last, tally)
    return {"operations": operations, **tally}


def writers(many: int, each: int = 60) -> dict[str, float]:
    """Several notebooks add codings to one file at once, each its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rani.csv"

        def work(say, writer):
            file = opened(path)
            for number in range(each):
                file.change(add=[row(writer * 1000 + number)])
                say(b".")

        start = time.perf_counter()
        pids = [child(lambda say, writer=writer: work(say, writer)) for writer in range(many)]
        failed = sum(os.waitpid(pid, 0)[1] != 0 for pid, _ in pids)
        seconds = time.perf_counter() - start
        acknowledged = sum(len(everything(reading)) for _, reading in pids)
        states = set(check_audit(folder)["state"]) - {"as logged"}
        return {
            "writers": many, "acknowledged": acknowledged, "lost": acknowledged - len(opened(path).rows), "failed": failed,
            "faults of the log": len(states), "seconds": round(seconds, 1),
        }  # fmt: skip


def replaced(rounds: int, seed: int = 5) -> dict[str, int]:
    """Another program puts another file in place between opening and saving."""
    chance, tally = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rani.csv"
        opened(path).change(add=[row(number) for number in range(20)])
        for number in range(rounds):
            file = opened(path)
            rows = [dict(found) for found in file.rows]
            chosen = chance.randrange(len(rows))
            if chance.random() < 0.3 and len(rows) > 5:
                del rows[chosen]
            elif chance.random() < 0.5:
                rows[chosen] = {**rows[chosen], "memo": f"by an editor {number}"}
            else:
                rows.append(row(10_000 + number))
            content = csv_bytes(rows, COLUMNS)
            if chance.random() < 0.5:
                path.write_bytes(content)
            else:
                write_whole(path, content)
            found = fingerprint(path)
            notices = file.change(add=[row(20_000 + number)])
            tally["rounds"] += 1
            tally["noticed"] += any("outside the log" in notice for notice in notices)
            now = opened(path).rows
            tally["overwritten"] += any(one not in now for one in rows) or len(now) != len(rows) + 1
            tally["kept as found"] += found in set(backups(path)["fingerprint"])
            for kept in (Path(folder) / BACKUPS).glob("*.found.csv"):
                kept.unlink()
    return dict(tally)


def full(limits=(20_000, 60_000, 150_000), disk: bool = False) -> dict[str, int]:
    """Codings are saved until the disk is full; then there is room again."""
    tally = Counter[str]()
    for limit in limits:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rani.csv"
            if disk:
                subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={limit}", "tmpfs", folder], check=True)

            def work(say, path=path, limit=limit):
                if not disk:
                    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
                file = opened(path)
                for number in range(10_000):
                    before = [dict(found) for found in file.rows]
                    try:
                        file.change(add=[row(number)])
                    except ValueError as error:
                        told = str(path.parent) in str(error) and "full" in str(error)
                        say(b"S" if told and file.rows == before else b"s")
                        break
                    say(b".")
                if disk:
                    subprocess.run(["mount", "-o", f"remount,size={4 * limit}", str(path.parent)], check=True)
                else:
                    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                file.change(add=[row(number)])
                say(b"+")

            pid, reading = child(work)
            os.waitpid(pid, 0)
            said = everything(reading).decode()
            tally["said in words, rows unchanged"] += "S" in said
            tally["saved when there was room"] += said.endswith("+")
            judged(path, list(range(said.count(".") + said.count("+"))), tally)
            if disk:
                subprocess.run(["umount", folder], check=True)
    return dict(tally)


def lock_taken_over(rounds: int) -> dict[str, float]:
    """Who holds the log is killed; how long the next one waits."""
    waited = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rani.csv"
        file = opened(path)
        for number in range(rounds):

            def work(say):
                with audit._appending(path.parent):
                    say(b".")
                    time.sleep(60)

            pid, reading = child(work)
            os.read(reading, 1)
            os.kill(pid, signal.SIGKILL)
            start = time.perf_counter()
            file.change(add=[row(number)])
            waited.append(time.perf_counter() - start)
            os.waitpid(pid, 0)
            os.close(reading)
        return {"rounds": rounds, "taken over": len(opened(path).rows), "longest seconds": round(max(waited), 3)}


def damaged(rounds: int, seed: int = 5, codings: int = 60) -> dict[str, float]:
    """One random byte is another, or the file is cut off; is it said, and what is still read?"""
    chance, tally, shares = random.Random(seed), Counter[str](), []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rani.csv"
        opened(path).change(add=[row(number) for number in range(codings)])
        whole, base = path.read_bytes(), opened(path).rows
        for number in range(rounds):
            at = chance.randrange(len(whole))
            flipped = number % 4 != 3
            path.write_bytes(
                whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :] if flipped else whole[:at]
            )
            file = opened(path)
            changed = sum(found not in base for found in file.rows)
            there = sum(found in file.rows for found in base)
            meant = len(base) - 1 if flipped else len(salvage(whole[:at], COLUMNS).rows) - 1
            tally["rounds"] += 1
            tally["silently changed"] += bool(changed or there < len(base)) and not file.notices
            tally["changed and said"] += changed
            if any("cannot be read" in notice for notice in file.notices):
                found = path.read_bytes()
                with contextlib.suppress(ValueError):
                    file.change(add=[row(codings + number)])
                tally["unreadable lines written over"] += path.read_bytes() != found
            shares.append(min(1.0, there / meant) if meant > 0 else 1.0)
    return {
        **tally, "others loaded %": round(100 * sum(shares) / len(shares), 2), "least in a round %": round(100 * min(shares), 2),
        "rounds below 95 %": sum(share < 0.95 for share in shares),
    }  # fmt: skip


COPIES = (
    "rani (conflicted copy).csv", "rani (Ani's conflicted copy 2026-11-22).csv", "rani (Salinan konflik Ani 2026-11-22).csv",
    "rani (Case Conflict 1).csv", "rani-DESKTOP-7KQ2M1P.csv", "rani-LAPTOP-RANI-2.csv", "rani-PCNAME.csv",
    "rani.sync-conflict-20261122-101500-ABCDEFG.csv", "rani (conflicted copy 2026-11-22 101500).csv",
    "rani_conflict-20261122-101500.csv", "rani (1).csv", "rani [Conflict].csv", "rani_conf(1).csv", "Copy of rani.csv",
    "Salinan rani.csv", "rani - Copy.csv", "rani - Copy (2).csv", "rani 2.csv", "rani (SFConflict ani@ui.ac.id 2026-11-22).csv",
    ".rani.csv.icloud",
)  # fmt: skip
NO_COPIES = ("rani-anggraini.csv", "ranisa.csv", "ani.csv", "rani.md", "audit.jsonl")


def copies() -> dict[str, int]:
    """Names that sync clients give to the other version of a file, or to one that is kept elsewhere."""
    tally = Counter[str]()
    for name in (*COPIES, *NO_COPIES):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rani.csv"
            opened(path).change(add=[row(1)])
            other = {**row(2), "coder": "rani" if name in COPIES else Path(name).stem}
            if name != LOG:
                (Path(folder) / name).write_bytes(b"" if name.endswith("icloud") else csv_bytes([other], COLUMNS))
            found = any(name in notice for notice in opened(path).notices)
            tally["found" if name in COPIES else "false alarms"] += found
    return {"names": len(COPIES), "found": tally["found"], "false alarms": tally["false alarms"]}


def order() -> list[str]:
    """What one save asks of the system, in order, as strace saw it."""
    with tempfile.TemporaryDirectory() as folder:
        opened(Path(folder) / "rani.csv").change(add=[row(1)])
        trace = Path(folder) / "trace"
        code = (
            f"import sys; sys.path[:0] = {[str(Path(__file__).parent), *sys.path]!r}; import saving; from pathlib import Path; "
            f"f = saving.opened(Path({folder!r}) / 'rani.csv'); f.change(add=[saving.row(2)])"
        )
        command = ["strace", "-y", "-o", str(trace), "-e", "trace=write,fsync,rename,flock", sys.executable, "-c", code]
        subprocess.run(command, check=True, capture_output=True)
        lines = [line for line in trace.read_text(errors="replace").splitlines() if folder in line]
        return [line.split("(")[0] + " " + _names(line, folder) for line in lines]


def _names(line: str, folder: str) -> str:
    names = [piece.split(">")[0].split('"')[0].strip("/") or "folder" for piece in line.split(folder)[1:]]
    return " -> ".join(names)


def speed(sizes=(100, 1_000, 5_000), times: int = 15) -> pd.DataFrame:
    """Milliseconds to save one more coding, beside what saves less (no flush, no log) and a database that flushes."""
    lines = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path, rows = Path(folder) / "rani.csv", [row(number) for number in range(size)]
            file = opened(path)
            file.change(add=rows)
            table, plain = pd.DataFrame(rows), Path(folder) / "plain.csv"
            base = sqlite3.connect(Path(folder) / "codings.db")
            base.execute("pragma synchronous=FULL")
            table.to_sql("codings", base, index=False)
            into = f"insert into codings values ({','.join('?' * len(COLUMNS))})"

            def insert(number, base=base, into=into, size=size):
                base.execute(into, tuple(row(size + number).values()))
                base.commit()

            saved = [
                lambda number, file=file, size=size: file.change(add=[row(size + number)]),
                lambda number, table=table, plain=plain: table.to_csv(plain, index=False),
                insert,
            ]
            taken = [[_milliseconds(work, number) for work in saved] for number in range(times)]  # by turns: one disk, one load
            ours, pandas, sqlite = (median(column) for column in zip(*taken, strict=True))
            base.close()
        lines.append([size, ours, pandas, sqlite, ours / pandas, ours / sqlite])
    names = ["codings", "change, ms", "to_csv without fsync, ms", "sqlite3 FULL, ms", "times to_csv", "times sqlite3"]
    return pd.DataFrame(lines, columns=names).round(2)


def long_log(lines: int = 20_000) -> dict[str, float]:
    """Milliseconds per change with a short log and with a long one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rani.csv"
        file = opened(path)
        file.change(add=[row(0)])
        short = median(_milliseconds(lambda number: file.change(add=[row(number)]), 1 + number) for number in range(15))
        log = path.parent / LOG
        entry = log.read_bytes().splitlines(keepends=True)[-1]
        log.write_bytes(entry * lines + log.read_bytes())
        long = median(_milliseconds(lambda number: file.change(add=[row(number)]), 100 + number) for number in range(15))
        start = time.perf_counter()
        opened(path)
        return {
            "lines": lines,
            "ms before": short,
            "ms with them": long,
            "ms to open": round(1000 * (time.perf_counter() - start), 1),
        }


def restored(rounds: int = 20) -> dict[str, int]:
    """Each backup is put back and compared; what was taken out is in the trash."""
    tally = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rani.csv"
        file = opened(path)
        versions = {}
        for number in range(rounds):
            file.change(add=[row(number)], remove=[row(number - 2)] if number > 2 else [])
            versions[fingerprint(path)] = path.read_bytes()
        for kept in backups(path)["fingerprint"]:
            restore(path, kept, "rani", "tested")
            tally["backups"] += 1
            tally["equal"] += path.read_bytes() == versions[kept]
        trash = {int(quote.split()[1][:-1]) for quote in removed_rows(folder)["quote"]}
        there = {int(found["quote"].split()[1][:-1]) for found in opened(path).rows}
        tally["in no file and not in the trash"] = rounds - len(trash | there)
    return dict(tally)


def _milliseconds(work, number: int) -> float:
    start = time.perf_counter()
    work(number)
    return round(1000 * (time.perf_counter() - start), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=float, default=1.0, help="share of the rounds (1 = all)")
    parser.add_argument("--only", nargs="*", help="names of parts")
    chosen = parser.parse_args()

    def some(rounds: int) -> int:
        return max(3, round(rounds * chosen.rounds))

    coderfile._PAUSES = ()  # a file in doubt is else looked at four times before a word is said
    parts = {
        "killed": lambda: killed(some(1_000)),
        "killed_at_each_step": killed_at_each_step,
        "writers": lambda: [writers(many, some(60)) for many in (2, 4, 8)],
        "replaced": lambda: replaced(some(500)),
        "full (size limit of a file)": full,
        "full (a real file system in memory)": lambda: (
            full((150_000, 300_000, 600_000), disk=True) if os.geteuid() == 0 else "not run"
        ),
        "lock_taken_over": lambda: lock_taken_over(some(200)),
        "damaged": lambda: damaged(some(2_000)),
        "copies": copies,
        "restored": restored,
        "order": lambda: "\n  ".join(order()) if shutil.which("strace") else "no strace here",
        "long_log": lambda: long_log(some(20_000)),
        "speed": lambda: "\n" + speed().to_string(index=False),
    }
    for name, part in parts.items():
        if not chosen.only or any(name.startswith(wanted) for wanted in chosen.only):
            start = time.perf_counter()
            print(f"{name}: {part()}  [{time.perf_counter() - start:.0f} s]", flush=True)


if __name__ == "__main__":
    main()
