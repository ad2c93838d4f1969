"""What was asked on the command line goes in; what a person reads on it about a whole study comes out, with the exit code."""

from __future__ import annotations

import glob
import re
from argparse import Namespace
from pathlib import Path

from qualkit.audit import log_changes
from qualkit.health import check_study, study_status
from qualkit.intake import add_texts
from qualkit.newstudy import new_study
from qualkit.sharing import rehydrate as put_back
from qualkit.sharing import share_study
from qualkit.tables import number_of, printable

_NEXT = """Next:
  cd {folder}
  qualkit reproduce                        run the four notebooks
  qualkit add FILE... --kind news --by NAME
                                           take in your own texts
  qualkit check                            list every fault, with its line
  qualkit lab                              open the notebooks
"""


def new(asked: Namespace) -> int:
    """Begin a study."""
    written = new_study(asked.folder)
    print(f"{asked.folder}: a study that runs, {len(written)} files.")
    there = asked.folder if re.fullmatch(r"[\w./\\:~-]+", asked.folder) else f'"{asked.folder}"'  # as a terminal takes it
    print(_NEXT.format(folder=there), end="")
    return 0


def add(asked: Namespace) -> int:
    """Take texts into a study; 1 where any was refused."""
    # The command window of Windows does not spell out *.docx. What matches nothing is refused by the name that was given.
    spelt = [[given] if Path(given).exists() else sorted(glob.glob(given)) or [given] for given in asked.files]
    files = [name for names in spelt for name in names]
    table = add_texts(asked.folder, files, asked.kind, asked.by, asked.repair)
    for row in table.to_dict("records"):
        said = {
            "added": f"{row['document']}  from {row['file']}: {row['words']:,} words",
            "there": f"{row['file']} as '{row['document']}'",
            "restored": f"{row['document']}  from {row['file']}",
        }
        print(printable(f"{row['state']:<8} {said.get(row['state'], row['file'])}"))
        for note in row["notes"].splitlines():
            print(printable(f"         {note}"))
    counts = table["state"].value_counts()
    restored = f"{counts['restored']} restored, " if "restored" in counts else ""
    print(f"\n{number_of(counts.get('added', 0), 'text')} added, {restored}{counts.get('refused', 0)} refused.", end="")
    print(" Look at what corpus/documents.csv marks as inferred." if table["notes"].str.contains("inferred").any() else "")
    return int("refused" in counts)


def check(asked: Namespace) -> int:
    """List the faults of a study; 1 where there is any."""
    table = check_study(asked.folder)
    for (file, weight, text), alike in table.groupby(["file", "weight", "text"], sort=False)["line"]:
        lines = [str(line) for line in dict.fromkeys(alike) if line]
        where = f", line{'s' if len(lines) > 1 else ''} {', '.join(lines)}" if lines else ""
        print(printable(f"{file}{where}: {'look: ' if weight == 'look' else ''}{text}"))
    if table["text"].str.match("code '.*' is not in the codebook").any():
        print(
            "Where a code was renamed, merged or split, leave the coders' files as they are, and say so with qk.add_revisions."
        )
    faults = int((table["weight"] == "fault").sum())
    looks = len(table) - faults
    more = f" {number_of(looks, 'thing')} to look at." if looks else ""
    print(f"{'No fault' if not faults else number_of(faults, 'fault')}.{more}")
    return int(faults > 0)


def status(asked: Namespace) -> int:
    """Tell how far a study has come."""
    before = ""
    for row in study_status(asked.folder).to_dict("records"):
        print(printable(f"{row['what'] if row['what'] != before else '':<12}{row['told']}"))
        before = row["what"]
    return 0


def log(asked: Namespace) -> int:
    """Log the files of a study that were changed by hand."""
    folder = Path(asked.folder)
    is_study = (folder / "corpus").is_dir()
    logged = log_changes(folder, asked.by, asked.why, file="codebook.yaml") if is_study else []
    logged += log_changes(folder / "corpus" if is_study else folder, asked.by, asked.why)
    for path in logged:
        print(printable(f"logged   {path.relative_to(folder).as_posix()}"))
    print(f"{number_of(len(logged), 'file')} logged." if logged else "Nothing was changed outside the log.")
    return 0


def share(asked: Namespace) -> int:
    """Put a package of a study together, and name what is not in it, and what to look at."""
    table = share_study(asked.folder, asked.to)
    for row in table.to_dict("records"):
        if row["state"] != "shared" or row["told"]:
            print(printable(f"{row['state']:<14} {row['file']}: {row['told']}".removesuffix(": ")))
    left = int((table["state"] == "left out").sum())
    print(
        f"\n{number_of(len(table) - left, 'file')} in {asked.to}, {left} left out. Read its CHECKLIST.md before you deposit it."
    )
    return 0


def rehydrate(asked: Namespace) -> int:
    """Put quotes back; 1 where some wait for their text."""
    table = put_back(asked.package, asked.texts)
    for row in table.to_dict("records"):
        why = {"missing": "wait for it", "differs": "wait for the text as it was coded"}.get(
            row["state"], "cannot be found in it"
        )
        waiting = f", {row['waiting']} {why}" if row["waiting"] else ""
        print(printable(f"{row['state']:<8} {row['document']}: {number_of(row['quotes'], 'quote')} back{waiting}"))
    same = int((table["state"] == "same").sum())
    print(f"\n{same} of {number_of(len(table), 'text')} the same; {number_of(int(table['quotes'].sum()), 'quote')} back.")
    return int(table["waiting"].sum() > 0)
