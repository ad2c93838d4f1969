"""A codebook goes in, the CSV that Taguette imports comes out; the CSV that Taguette exports goes in, a codebook comes out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qualkit.codebook import Codebook
from qualkit.drafts import Node, codebook_in, not_kept, tree, write_new
from qualkit.tables import Faults, csv_bytes, read_rows

_COLUMNS = ("tag", "description")
_DEEPEST = 100  # levels of tags


def write_taguette(path: str | Path, codebook: Codebook) -> Path:
    """Write a codebook as a new CSV file that Taguette imports (Project info, Import codebook), and return the path.

    Taguette's tags are one list; a dot in a name means that it belongs under another. Facets come as `sector`, their families and
    codes as `sector.DIK` and `sector.DIK.GURU`. All fields stand in the descriptions, and `read_taguette` reads them back.

    Raises
    ------
    ValueError
        If there is such a file already, or it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit import read_codebook
    >>> path = write_taguette(Path(tempfile.mkdtemp()) / "codebook.csv", read_codebook("codebook.yaml"))
    >>> path.read_text("utf-8").splitlines()[:2]
    ['tag,description', 'sector,"[facet]']
    """
    rows: dict[str, dict[str, object]] = {}
    for facet in tree(codebook):
        for node in _every(facet):
            name = facet.name if node is facet else f"{facet.name}.{node.name}"
            while name in rows:  # a family and a code may share an id
                name += "_"
            rows[name] = {"tag": name, "description": node.description}
    return write_new(path, csv_bytes(rows.values(), _COLUMNS))


def read_taguette(path: str | Path) -> Codebook:
    """The codebook in a CSV file that Taguette exported (columns `tag` and `description`; the number of highlights is left).

    A dot in a tag's name puts it under the tag named before the dot, where there is one. What `write_taguette` wrote is read back
    field by field; other tags stand in the facet `theme`, and what a codebook needs and nobody wrote says so in words. A warning names
    the tags that stood deeper than two levels.

    Raises
    ------
    ValueError
        All faults at once: no such file, not UTF-8, columns missing, a tag that stands twice or has more than 100 levels; or no tag.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "codebook.csv"
    >>> _ = path.write_text("tag,description,number of highlights\\nguru,Pengajar di sekolah,4\\nguru.asing,,1\\n")
    >>> [code.id for code in read_taguette(path).facet("theme").codes]
    ['guru', 'asing']
    """
    path, faults = Path(path), Faults(path)
    tags: dict[str, str] = {}
    for row in read_rows(path, _COLUMNS):
        tag = row["tag"].strip()
        if tag in tags:
            faults.add(int(row["line"]), f"tag '{tag[:40]}' stands twice; rename one of the two")
        elif tag.count(".") >= _DEEPEST:
            faults.add(int(row["line"]), f"tag '{tag[:40]}…' has more than {_DEEPEST} levels")
        elif tag:
            tags[tag] = row["description"]
    faults.stop()
    below: dict[str, list[str]] = {}
    for tag in tags:
        parts = tag.split(".")
        parent = next((one for n in range(len(parts) - 1, 0, -1) if (one := ".".join(parts[:n])) in tags), "")
        below.setdefault(parent, []).append(tag)
    nodes = _nodes("", tags, below)
    return codebook_in(path, nodes, not_kept(nodes))


def _every(node: Node) -> Iterator[Node]:
    yield node
    for below in node.below:
        yield from _every(below)


def _nodes(parent: str, tags: dict[str, str], below: dict[str, list[str]]) -> tuple[Node, ...]:
    return tuple(
        Node(tag, tag.removeprefix(f"{parent}."), tags[tag], below=_nodes(tag, tags, below)) for tag in below.get(parent, [])
    )
