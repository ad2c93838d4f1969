"""A matrix of combinations or a table of ratings goes in; an UpSet plot or a scatterplot comes out, ready for print."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from qualkit.codebook import CodeId, Language
from qualkit.display import INK, PT, WIDTHS, styled, width_of, wrapped
from qualkit.matrix import RATINGS, STATUSES, UNITS, Matrix, need_language
from qualkit.page import FULL, LINE, PALE, RULE, Room, Width, label_rows, need, page_of, sheet, tell, words_for
from qualkit.tables import did_you_mean, need_columns

_WORDS: dict[str, dict[str, str]] = {
    "id": {
        "exactly": "jumlah {unit} dengan kombinasi itu saja",
        "totals": "jumlah per kode",
        "upset": "Batang atas: jumlah {unit} dengan kombinasi itu saja; tiap {unit} dihitung satu kali. Batang kiri: jumlah {unit} per kode",
        "left": "Tidak ditampilkan: {n} kombinasi lain ({sum} {unit})",
        "unused": "Tidak muncul: {names}",
        "sets": "{n} kombinasi dari {codes} kode",
        "scatter": "Jarak antartingkat tidak bermakna; garis tren tidak dihitung",
        "few": "Dengan {n} titik, gambar ini hanya ilustrasi, bukan bukti adanya hubungan",
        "spread": "Titik dengan nilai yang sama disebar merata dalam kotaknya; letaknya di dalam kotak tidak bermakna",
        "unrated": "Tanpa nilai pada salah satu sumbu ({n}): {names}",
    },
    "en": {
        "exactly": "number of {unit} with exactly that combination",
        "totals": "number per code",
        "upset": "Bars above: number of {unit} with exactly that combination, each counted once. Bars at the left: number of {unit} per code",
        "left": "Not shown: {n} further combinations ({sum} {unit})",
        "unused": "Do not occur: {names}",
        "sets": "{n} combinations of {codes} codes",
        "scatter": "Distances between levels have no meaning; no line of tendency is computed",
        "few": "With {n} points this figure illustrates only; it is no evidence of a relation",
        "spread": "Points with the same values are spread evenly in their box; the place inside the box has no meaning",
        "unrated": "Without a value on one of the axes ({n}): {names}",
    },
}


def upset(
    matrix: Matrix,
    title: str,
    language: Language = "id",
    width: Width = "double",
    most: int | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw which combinations of codes occur and how often: a bar per combination, its members as joined points below it.

    Parameters
    ----------
    matrix
        A count matrix with a row per combination and a column per code; in the cells of its members how many statements carry
        exactly that combination, elsewhere 0.
    title
        Printed above; say what is shown and in which unit.
    language, width, ax
        As for `network`.
    most
        How many combinations are shown, the largest first; all where nothing is said. The key tells how many are left out.

    Returns
    -------
    Axes
        Codes are its tick labels, with their totals over all combinations, shown or not.

    Raises
    ------
    ValueError
        If the matrix holds no numbers, its rows are no combinations, or they do not fit into the width.

    References
    ----------
    Lex, A., Gehlenborg, N., Strobelt, H., Vuillemot, R. and Pfister, H. (2014). UpSet: Visualization of Intersecting Sets. IEEE
    Transactions on Visualization and Computer Graphics 20(12). No display of Miles & Huberman.

    Examples
    --------
    >>> from qualkit.matrix import count_matrix
    >>> rows = [("DIK + EKO", "DIK", 1), ("DIK + EKO", "EKO", 1), ("DIK", "DIK", 2), ("DIK", "DIK", 3)]
    >>> codings = pd.DataFrame(rows, columns=["combination", "code", "segment"]).assign(document="berita")
    >>> ax = upset(count_matrix(codings, rows="combination", columns="code"), title="Segmen per kombinasi", width="single")
    >>> [label.get_text() for label in ax.get_yticklabels()], [text.get_text() for text in ax.texts][:2]
    (['DIK', 'EKO'], ['2', '1'])
    """
    need(matrix, "upset", language, width)
    if most is not None and (not isinstance(most, int) or most < 1):
        raise ValueError(f"most={most!r}: say how many combinations are shown, at least 1")
    words, unit = _WORDS[language], UNITS[matrix.unit][language]
    codes = matrix.column_ids()
    found = _combinations(matrix)
    totals = {code: sum(size for members, size in found if code in members) for code in codes}
    used = [code for code in codes if totals[code]]
    shown = found[:most]
    left = found[len(shown) :]
    key = [words["upset"].format(unit=unit)]
    if left:
        key.append(words["left"].format(n=len(left), sum=sum(size for _, size in left), unit=unit))
    if len(used) < len(codes):
        key.append(words["unused"].format(names="; ".join(matrix.label(code, language) for code in codes if code not in used)))
    with styled():
        page = page_of(width, ax)
        names = {code: wrapped(matrix.label(code, language), min(0.3 * page, 45)) for code in used}
        label = max([width_of(line) + 3 for lines in names.values() for line in lines] + [18])
        figures = width_of(str(max(totals.values())), 6.5) + 1.5
        side = figures + 0.05 * page
        narrow = max(width_of(str(shown[0][1]), 6.5) + 0.4, 2.5)
        fit = int((page - label - side - 3) / narrow)
        if len(shown) > fit:
            raise ValueError(
                f"{len(shown)} combinations do not fit into {page:.0f} mm: at most {max(fit, 0)} do. Say how many are shown"
                f" (most={max(fit, 1)}), choose a greater width, or keep fewer codes."
            )
        step = min((page - label - side - 3) / len(shown), 8.0)
        tall = 0.15 * page  # of the longest bar
        base = tall + 4
        rows, y = {}, base + 1.5
        for code in used:
            deep = max(LINE * len(names[code]) + 0.8, 3.8)
            rows[code] = (y + deep / 2, deep)
            y += deep
        ax = sheet(title, key, Room(label, y), page, ax)
        reach = side + 1.5 + step * len(shown)
        for at, code in enumerate(used):
            middle, deep = rows[code]
            if at % 2 == 0:
                ax.add_patch(Rectangle((0, middle - deep / 2), reach, deep, facecolor="#eef2f3", edgecolor="none", zorder=0))
            long = (side - figures) * totals[code] / max(totals.values())
            ax.add_patch(Rectangle((side - long, middle - 1.1), long, 2.2, facecolor=PALE, edgecolor="none", zorder=1))
        for at, (members, size) in enumerate(shown):
            x = side + 1.5 + (at + 0.5) * step
            long, wide = tall * size / shown[0][1], min(0.7 * step, 4)
            ax.add_patch(Rectangle((x - wide / 2, base - long), wide, long, facecolor=FULL, edgecolor="none"))
            ax.text(x, base - long - 0.6, str(size), ha="center", va="bottom", fontsize=6.5)
            heights = [rows[code][0] for code in used if code in members]
            ax.plot([x, x], [heights[0], heights[-1]], color=INK, lw=1.1, zorder=2)
            for code in used:
                dark = code in members
                ax.scatter([x], [rows[code][0]], s=11 if dark else 4, color=INK if dark else "#c4cbce", lw=0, zorder=3)
        ax.plot([side + 1.5, reach], [base, base], color=INK, lw=0.5)
        for code in used:
            middle = rows[code][0]
            long = (side - figures) * totals[code] / max(totals.values())
            ax.text(side - long - 0.7, middle, str(totals[code]), ha="right", va="center", fontsize=6.5)
        above = "\n".join(wrapped(words["exactly"].format(unit=unit), label + side - 3, 6.5))
        ax.text(side - 1, base - tall / 2 - 2, above, ha="right", va="center", fontsize=6.5)
        ax.text(side - 1, base + 0.5, words["totals"], ha="right", va="bottom", fontsize=6.5)
        label_rows(ax, [(rows[code][0], names[code]) for code in used], label)
        said = [title, words["sets"].format(n=len(found), codes=len(used))]
        said += ["; ".join(f"{' + '.join(matrix.label(c, language) for c in who)}: {size}" for who, size in shown)]
        said += [f"{words['totals']}: {'; '.join(f'{matrix.label(c, language)} {totals[c]}' for c in used)}", *key[1:]]
        return tell(ax, said, matrix.cells[["row", "column", "value"]])


def _combinations(matrix: Matrix) -> list[tuple[tuple[str, ...], int]]:
    """The members and the size of each combination that occurs: the largest first, then those of fewer codes, then in their order."""
    order = {code: at for at, code in enumerate(matrix.column_ids())}
    sizes: dict[tuple[str, ...], int] = {}
    for row, cells in matrix.cells.groupby("row", sort=False):
        held = cells[cells["value"] > 0]
        members, numbers = tuple(sorted(held["column"], key=order.__getitem__)), sorted(set(held["value"]))
        if len(numbers) > 1:
            raise ValueError(
                f"row '{row}' is no combination: its members have different numbers ({', '.join(map(str, numbers))})."
                " Each member of a combination has the number of statements with exactly that combination."
            )
        if members in sizes:
            raise ValueError(f"row '{row}' is the same combination as another row: {' + '.join(members)}")
        if members:
            sizes[members] = int(numbers[0])
    if not sizes:
        raise ValueError("no combination holds a statement: there is nothing to draw")
    return sorted(sizes.items(), key=lambda found: (-found[1], len(found[0]), [order[code] for code in found[0]]))


def scatter(
    table: pd.DataFrame | Matrix,
    x: str,
    y: str,
    name: str,
    title: str,
    language: Language = "id",
    width: Width = "onehalf",
    ax: Axes | None = None,
) -> Axes:
    """Draw named cases between two ordinal ratings: a box per pair of levels, the names in it, and nothing computed.

    Parameters
    ----------
    table
        One row per case or sector; or a rating matrix, of which two columns are set against each other.
    x, y
        Columns of it with ratings: ordered categories, ratings as in `rating_matrix`, statuses, or whole numbers. A case without
        one of them is named in the key.
    name
        The column with the names of the points; of a matrix what its rows are, such as "sector".
    title, language, width, ax
        As for `network`.

    Returns
    -------
    Axes
        Levels are its tick labels, from low to high; names are its texts.

    Raises
    ------
    ValueError
        If a column is missing or has no order, no case has both ratings, or the levels do not fit into the width.

    Notes
    -----
    With a handful of cases such a figure illustrates. It shows no correlation and no line, and the key says so.

    References
    ----------
    Miles, M. B. and Huberman, A. M. (1994). Qualitative Data Analysis, 2nd ed., ch. 7 (scatterplots).

    Examples
    --------
    >>> ratings = pd.DataFrame({"sector": ["DIK", "EKO"], "A-B": ["strong", "weak"], "C-D": ["weak", "weak"]})
    >>> ax = scatter(ratings, x="A-B", y="C-D", name="sector", title="Dua pasangan kota")
    >>> [tick.get_text() for tick in ax.get_xticklabels()], [text.get_text() for text in ax.texts][:2]
    (['lemah', 'sedang', 'kuat'], ['EKO', 'DIK'])
    """
    need_language(language)
    if width not in WIDTHS:
        raise ValueError(f"width '{width}' is not known. Possible: {', '.join(WIDTHS)}.")
    if isinstance(table, Matrix):
        table, x, y = _of_matrix(table, (x, y), name, language)
    need_columns(table, (x, y, name), "table", "has one row per case with its two ratings")
    words = _WORDS[language]
    rated = table[table[x].notna() & table[y].notna()]
    if rated.empty:
        raise ValueError(f"no row has a value in both '{x}' and '{y}': there is nothing to draw")
    across, up = _levels(rated, x, language), _levels(rated, y, language)
    names = words_for(table[name], language)
    boxes: dict[tuple[str, str], list[str]] = {}
    for point in rated[[x, y, name]].astype(str).itertuples(index=False):
        boxes.setdefault((point[0], point[1]), []).append(names[point[2]])
    key = [words["few"].format(n=len(rated)), words["scatter"]]
    if any(len(members) > 1 for members in boxes.values()):
        key.append(words["spread"])
    if len(rated) < len(table):
        without = [names[str(who)] for who in table.loc[table[x].isna() | table[y].isna(), name]]
        key.append(words["unrated"].format(n=len(without), names="; ".join(without)))
    key = [". ".join(key) + "."]
    with styled():
        page = page_of(width, ax)
        heads = {level: wrapped(word, 0.2 * page) for level, word in up.items()}
        label = max(width_of(line) for lines in heads.values() for line in lines) + 3
        column = (page - label - 1) / len(across)
        feet = {level: wrapped(word, column - 2) for level, word in across.items()}
        if column < 16 or any(width_of(word) > column - 2 for words_ in across.values() for word in words_.split()):
            raise ValueError(
                f"{len(across)} levels of '{x}' do not fit into {page:.0f} mm: choose a greater width or exchange x and y"
            )
        drawn = {box: [wrapped(who, column - 6) for who in members] for box, members in boxes.items()}
        down, middles, tops = 0.0, {}, {}
        for level in reversed(up):
            need = [sum(LINE * len(lines) + 0.9 for lines in drawn.get((at, level), [])) for at in across]
            deep = max(*need, 8.0) + 2
            tops[level], middles[level] = (down, deep), down + deep / 2
            down += deep
        foot = LINE * max(len(lines) for lines in feet.values()) + 1.5
        axis = wrapped(str(x), page - label - 2, bold=True)
        aside = wrapped(f"↑ {y}", page - 2, bold=True)
        room = Room(label, down, above=LINE * len(aside) + 1.5, below=foot + LINE * len(axis) + 1)
        ax = sheet(title, key, room, page, ax)
        for at, level in enumerate(across):
            for other in up:
                top, deep = tops[other]
                ax.add_patch(
                    Rectangle((at * column, top), column, deep, facecolor="white", edgecolor=RULE, lw=0.5, clip_on=False)
                )
                members = drawn.get((level, other), [])
                spare = (deep - sum(LINE * len(lines) for lines in members)) / (len(members) + 1)
                line = top
                for lines in members:
                    middle = line + spare + LINE * len(lines) / 2
                    ax.scatter([at * column + 2.2], [middle], s=13, color=FULL, edgecolor=INK, lw=0.5)
                    ax.text(at * column + 4.2, middle, "\n".join(lines), ha="left", va="center")
                    line += spare + LINE * len(lines)
        label_rows(ax, [(middles[level], heads[level]) for level in up], label)
        ax.set_xticks([(at + 0.5) * column for at in range(len(across))], ["\n".join(lines) for lines in feet.values()])
        ax.tick_params(axis="x", pad=1 / PT)
        ax.text(0.5 * column * len(across), down + foot, "\n".join(axis) + " →", ha="center", va="top", fontweight="bold")
        ax.text(1 - label, -1, "\n".join(aside), ha="left", va="bottom", fontweight="bold")
        said = [
            title,
            *(f"{x}: {across[a]}, {y}: {up[b]}: {'; '.join(who)}" for (a, b), who in sorted(boxes.items())),
            key[0][:-1],
        ]
        return tell(ax, said, table[[x, y, name]].astype(str))


def _of_matrix(matrix: Matrix, columns: tuple[str, str], name: str, language: Language) -> tuple[pd.DataFrame, str, str]:
    """Two columns of a rating matrix as a table with labels, nothing where nothing is rated."""
    if matrix.kind != "rating":
        raise ValueError(f"a scatterplot needs ratings, and this is a {matrix.kind} matrix: use rating_matrix")
    if name != matrix.rows:
        raise ValueError(f"name='{name}': the rows of this matrix are its points, and they are called '{matrix.rows}'")
    if columns[0] == columns[1]:
        raise ValueError(f"x and y are both '{columns[0]}': a scatterplot sets two ratings against each other")
    x, y = (matrix.label(column, language) for column in columns)
    x, y = columns if x == y else (x, y)
    cells = [[matrix.cell(row, column) for column in columns] for row in matrix.row_ids()]
    values = [[None if cell["empty"] else cell["value"] for cell in line] for line in cells]
    names = [matrix.label(row, language) for row in matrix.row_ids()]
    return pd.DataFrame(values, columns=[x, y]).assign(**{name: names}), x, y


def _levels(table: pd.DataFrame, column: str, language: Language) -> dict[str, str]:
    """The levels of a rating that occur or lie between, low to high, each with its word."""
    values = table[column]
    found = {str(value) for value in values}
    if isinstance(values.dtype, pd.CategoricalDtype):
        if not values.cat.ordered and not all(isinstance(v, CodeId) for v in values.cat.categories):
            raise ValueError(f"'{column}' has categories without an order: a scatterplot needs ratings from low to high")
        scale = [str(value) for value in values.cat.categories]
        words = words_for(values, language)
    elif found <= set(RATINGS):
        scale = list(reversed(RATINGS))
        words = {rating: label[language] for rating, label in RATINGS.items()}
    elif found <= set(STATUSES):
        scale = list(STATUSES)
        words = {status: status for status in STATUSES}
    elif pd.api.types.is_integer_dtype(values) and not pd.api.types.is_bool_dtype(values):
        low, high = int(values.min()), int(values.max())
        scale = [str(value) for value in range(low, high + 1)] if high - low < 12 else sorted(found, key=int)
        words = {value: value for value in scale}
    else:
        odd = sorted(found - set(RATINGS))[0]
        raise ValueError(
            f"'{column}' holds '{odd}', and nobody says what is more and what is less: give ordered categories (pd.Categorical(..., ordered=True)),"
            f" ratings ({', '.join(RATINGS)}) or whole numbers.{did_you_mean(odd, RATINGS)}"
        )
    inside = [at for at, level in enumerate(scale) if level in found]
    return {level: words[level] for level in scale[inside[0] : inside[-1] + 1]}
