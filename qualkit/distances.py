"""Two stretches of letters go in; how many letters they differ by comes out, and which letter lies on which."""

from __future__ import annotations

from collections.abc import Iterator

from qualkit.folding import Place


def steps(pattern: str, text: str, anywhere: bool) -> Iterator[tuple[int, int, int]]:
    """For each letter of the text: by which letters of the pattern the distance goes up, by which down, and the distance.

    It is that of the whole pattern to the text so far, or to what stands at its end, wherever it begins. The bit-parallel method
    of Myers, G. (1999). A fast bit-vector algorithm for approximate string matching. Journal of the ACM 46(3), 395-415.
    """
    bits: dict[str, int] = {}
    for number, letter in enumerate(pattern):
        bits[letter] = bits.get(letter, 0) | 1 << number
    every, last = (1 << len(pattern)) - 1, 1 << (len(pattern) - 1)
    up, down, distance = every, 0, len(pattern)
    for letter in text:
        same = bits.get(letter, 0)
        level = (((same & up) + up) ^ up) | same | down
        rise, fall = down | (every & ~(level | up)), up & level
        distance += bool(rise & last) - bool(fall & last)
        rise, fall = rise << 1 | (not anywhere), fall << 1
        up, down = (fall | ~(level | rise)) & every, rise & level & every
        yield up, down, distance


def distance(pattern: str, text: str, least: int) -> int:
    """The fewest letters to put in, leave out or replace between a pattern and the beginning of a text, at least so long."""
    found = [len(pattern), *(distance for _, _, distance in steps(pattern, text, False))]
    return min(found[least:])


def aligned(pattern: str, text: str) -> list[Place]:
    """For each place between two letters of the pattern, from where to where in the text it comes to lie."""
    columns = [((1 << len(pattern)) - 1, 0, len(pattern)), *steps(pattern, text, True)]
    column = min(range(len(columns)), key=lambda at: columns[at][2])
    row, found = len(pattern), [(column, column)] * (len(pattern) + 1)
    while row:
        bit = 1 << (row - 1)
        if column and pattern[row - 1] != text[column - 1] and not columns[column][0] & bit and columns[column - 1][1] & bit:
            column -= 1  # a letter of the text that the pattern does not have
            found[row] = (column, found[row][1])
            continue
        if column and (pattern[row - 1] == text[column - 1] or not columns[column][0] & bit):
            column -= 1
        row -= 1
        found[row] = (column, column)
    return found
