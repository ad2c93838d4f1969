"""A study goes in; what each check sees in it comes out, one entry per weak spot: in words, with the places and a quotation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from qualkit.claims import HOPES, Claim
from qualkit.codebook import Code, Codebook, Facet, Words
from qualkit.matrix import CLAIMED, CONTEXT, DONE, RATINGS, SINGLE_SOURCE, ladder, locators, rating_matrix
from qualkit.relations import RELATIONS
from qualkit.statements import date_checks
from qualkit.suggest import find_indicators
from qualkit.tables import one_line
from qualkit.wording import find_numbers, impossible, likeness, named_bodies, told_as_purpose, years

REPORTED = {*DONE, CLAIMED}  # statuses of statements that say something has happened
ACTS = {"planned", *REPORTED}
HALF, ALIKE = 0.5, 0.6  # what share of a statement told as purpose, and which likeness of two statements, are reported
NEAR_DAYS = 3  # two texts of one story are seldom further apart


class Study(NamedTuple):
    statements: pd.DataFrame
    segments: pd.DataFrame
    codebook: Codebook
    claims: tuple[Claim, ...]
    relations: pd.DataFrame | None

    @property
    def field(self) -> Facet:
        """The facet that says what a statement is about, of which fields are compared: the first of the codebook."""
        return self.codebook.facet(None)

    def label(self, code: object) -> Words:
        known = self.codebook.codes().get(str(code))
        return known[1].label if known else {"id": str(code), "en": str(code)}

    def left_out(self) -> set[str]:
        return {name for name, (_, code) in self.codebook.codes().items() if code.left_out}

    def with_status(self, statuses: Iterable[str]) -> pd.DataFrame:
        return self.statements[self.statements["status"].isin(list(statuses))]

    def of(self, *names: str) -> pd.DataFrame:
        return self.statements[self.statements["statement"].isin(names)]

    def at(self, document: str, numbers: Iterable[int]) -> pd.DataFrame:
        """The segments of a document as passages, each with the statements that rest on it."""
        here = self.segments[(self.segments["document"] == document) & self.segments["segment"].isin(list(numbers))]
        names = self.statements[["document", "segment", "statement", "case"]].drop_duplicates()
        return here.rename(columns={"text": "quote"}).merge(names, how="left", on=["document", "segment"])

    def documents(self) -> pd.DataFrame:
        return self.segments.drop_duplicates("document").set_index("document", drop=False)

    def statuses(self) -> list[str]:
        """From the lowest up."""
        return ladder(code.id for code in self.codebook.facet("status").codes)

    def highest(self, statements: pd.DataFrame) -> Words:
        """The label of the highest status among these, or that there are none."""
        found = [status for status in self.statuses() if (statements["status"] == status).any()]
        return self.label(found[-1]) if found else {"id": "tidak ada pernyataan", "en": "no statement"}


Spot = dict[str, object]
Rows = Iterable[tuple[Any, pd.DataFrame]]


def _by(table: pd.DataFrame, *columns: str) -> Rows:
    return table.groupby(list(columns) if len(columns) > 1 else columns[0], sort=False, observed=True)


def _spot(what: str, seen: Words, passages: pd.DataFrame, quote: str | None = None) -> Spot:
    """A row of the table; the case is the one of all its passages."""
    cases = {str(case) for case in passages["case"].dropna()} if "case" in passages else set()
    names = dict.fromkeys(str(name) for name in passages["statement"].dropna()) if "statement" in passages else {}
    quotes = passages["quote"].tolist()
    return {
        "what": what,
        "case": cases.pop() if len(cases) == 1 else "",
        "seen_id": seen["id"],
        "seen_en": seen["en"],
        "statements": " ".join(names),
        "places": "; ".join(locators(passages)),
        "quote": one_line(str(quotes[0] if quote is None and quotes else quote or "")),
    }


def _off_heading(study: Study) -> Iterator[Spot]:
    off = study.statements[study.statements["off_heading"] & (study.statements["status"] != CONTEXT)]
    for name, passages in _by(off[~off[study.field.id].isin(study.left_out())], "statement"):
        codes = ", ".join(dict.fromkeys(passages[study.field.id].astype(str)))
        above = ", ".join(f"'{heading.split(' > ')[-1]}'" for heading in dict.fromkeys(passages["heading"]))
        yield _spot(name, {"id": f"{codes} di bawah judul {above}", "en": f"{codes} under the heading {above}"}, passages)


def _single_source(study: Study) -> Iterator[Spot]:
    matrix = rating_matrix(study.statements, rows=study.field.id, columns="case")
    for cell in matrix.cells[matrix.cells["marks"].str.contains(SINGLE_SOURCE, regex=False)].to_dict("records"):
        passages = matrix.behind(cell["row"], cell["column"])
        passages = passages[passages["status"] != CONTEXT]
        source, rating = passages["document"].iloc[0], RATINGS[cell["value"]]
        seen = {
            "id": f"{rating['id']}; {cell['statements']} pernyataan, semuanya dari {source}",
            "en": f"{rating['en']}; {cell['statements']} statement{'s' * (cell['statements'] > 1)}, all from {source}",
        }
        yield _spot(f"{cell['row']} / {cell['column']}", seen, passages)


def _told_as_purpose(study: Study) -> Iterator[Spot]:
    for name, passages in _by(study.with_status(REPORTED), "statement"):
        quotes = list(dict.fromkeys(one_line(quote) for quote in passages["quote"]))
        share, words = told_as_purpose(passages["text_id"].iloc[0], quotes)
        if share >= HALF:
            status, by = study.label(passages["status"].iloc[0]), ", ".join(f"'{word}'" for word in words)
            seen = {
                "id": f"{status['id']}, tetapi isinya disampaikan sebagai tujuan atau rencana: {by}",
                "en": f"{status['en']}, but its content is told as a purpose or plan: {by}",
            }
            quote = next(quote for quote in quotes if any(re.search(rf"\b{word}\b", quote, re.IGNORECASE) for word in words))
            yield _spot(name, seen, passages, quote)


def _weak_support(study: Study) -> Iterator[Spot]:
    for claim in study.claims:
        support = study.of(*claim.supporting)
        statuses = set(support["status"].astype(str))
        if claim.status == "withdrawn" or not statuses <= {*HOPES, CLAIMED}:
            continue
        found = study.highest(support)
        seen = {"id": f"pendukung tertinggi: {found['id']}", "en": f"its strongest support: {found['en']}"}
        if CLAIMED in statuses:
            seen = {"id": "hanya hasil yang diklaim, tanpa perbuatan", "en": "outcomes claimed only, and no deed"}
        if len(support):
            yield _spot(claim.id, seen, support)
        else:
            seen = {"id": "tidak ada pernyataan yang mendukungnya", "en": "no statement supports it"}
            yield {**_spot(claim.id, seen, support), "places": "; ".join(claim.passages)}


def _no_partner(study: Study) -> Iterator[Spot]:
    for name, passages in _by(study.with_status(ACTS), "statement"):
        bodies = named_bodies(". ".join(dict.fromkeys(one_line(quote) for quote in passages["quote"])))
        alone = [names[0] for names in bodies.values() if len(names) == 1]
        actors = str(passages["actor"].iloc[0]).split()
        sides = {side for actor in actors for side in ("id", "partner") if actor.endswith(f"_{side}")}
        direction = str(passages["direction"].iloc[0])
        one_side = len(sides) == 1 and (
            direction == "UNSPECIFIED" or (direction == "RECIPROCAL" and all(a.endswith(("_id", "_partner")) for a in actors))
        )
        if alone:
            seen = {
                "id": f"hanya {', '.join(alone)} yang disebut namanya, tanpa lembaga mitra sejenis",
                "en": f"only {', '.join(alone)} is named, and no partner of its kind",
            }
            yield _spot(name, seen, passages)
        elif one_side:
            who = {language: ", ".join(study.label(actor)[language] for actor in actors) for language in ("id", "en")}
            seen = {"id": f"pelaku hanya dari satu pihak: {who['id']}", "en": f"actors of one side only: {who['en']}"}
            yield _spot(name, seen, passages)


_DAY_NAMES = {
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}


def _weekday(study: Study) -> Iterator[Spot]:
    dates = date_checks(study.segments, study.documents().reset_index(drop=True))
    for date in dates[dates["weekday_fits"].eq(False)].to_dict("records"):
        day = pd.Timestamp(date["date"]).weekday()
        seen = {
            "id": f"'{date['written']}' jatuh pada hari {_DAY_NAMES['id'][day]}",
            "en": f"'{date['written']}' was a {_DAY_NAMES['en'][day]}",
        }
        yield _spot(date["document"], seen, study.at(date["document"], [date["segment"]]))


_IMPOSSIBLE: dict[str, Words] = {
    "day": {"id": "hari atau bulan itu tidak ada", "en": "there is no such day or month"},
    "hour": {"id": "jam itu tidak ada", "en": "there is no such hour"},
    "share": {"id": "bagian yang lebih dari 100 persen", "en": "a share of more than 100 per cent"},
}
_ISO = re.compile(r"(?<!\d)\d{4}(?:-\d\d)?(?:-\d\d)?(?!\d)")


def _number(study: Study) -> Iterator[Spot]:
    written = study.documents()["date"].astype(str).to_dict()
    for name, passages in _by(study.statements, "statement"):
        quotes = {one_line(quote): None for quote in passages["quote"]}
        latest = max(written.get(document, "") for document in passages["document"])
        for seen in (*_not_in_passages(passages, " ".join(quotes), latest), *_out_of_time(passages, " ".join(quotes), latest)):
            yield _spot(name, seen, passages)
        for one, other in combinations(quotes, 2):
            if apart := _different(one, other):
                yield _spot(name, apart, passages)
    for segment in study.segments[study.segments["label"] == "content"].to_dict("records"):
        text = one_line(segment["text"])
        odd = [(as_written, _IMPOSSIBLE[kind]) for as_written, kind in impossible(text)]
        odd += [(str(year), {"id": "tahun sebelum 1900", "en": "a year before 1900"}) for year in years(text) if year < 1900]
        for as_written, why in odd:
            seen = {language: f"'{as_written}': {why[language]}" for language in ("id", "en")}
            yield _spot(segment["document"], seen, study.at(segment["document"], [segment["segment"]]))
    for pair in _repeating(study):
        texts = [one_line(" ".join(dict.fromkeys(study.of(name)["quote"]))) for name in pair]
        if apart := _different(*texts):
            yield _spot(" / ".join(pair), apart, study.of(*pair))


def _not_in_passages(passages: pd.DataFrame, quoted: str, latest: str) -> Iterator[Words]:
    """Numbers and years that a statement has from nowhere."""
    text, date = str(passages["text_id"].iloc[0]), str(passages["date"].iloc[0])
    there = {number.value for number in find_numbers(quoted)}
    for number in find_numbers(text):
        if number.value not in there and number.value != 1 and not number.orders:
            as_written = text[number.start : number.end]
            yield {"id": f"'{as_written}' tidak ada dalam teksnya", "en": f"'{as_written}' does not stand in its passages"}
    given = _ISO.findall(date) if passages["date_certainty"].iloc[0] == "given" else []
    known = set(re.findall(r"\d{4}", quoted)) | {latest[:4]}
    for year in sorted({part[:4] for part in given} - known):
        yield {
            "id": f"tahun {year} disebut pasti (given), tetapi tidak ada dalam teksnya",
            "en": f"the year {year} is called given, but does not stand in its passages",
        }


def _out_of_time(passages: pd.DataFrame, quoted: str, latest: str) -> Iterator[Words]:
    """Dates that do not exist, deeds after the document, plans before it."""
    status, date = str(passages["status"].iloc[0]), str(passages["date"].iloc[0])
    for part in _ISO.findall(date):
        size = min(len(part), len(latest))
        if pd.isna(pd.to_datetime(part, errors="coerce")):
            yield {"id": f"tanggal {part} tidak ada", "en": f"there is no date {part}"}
        elif status in REPORTED and latest and part[:size] > latest[:size]:
            yield {"id": f"bertanggal {part}, sesudah dokumen ({latest})", "en": f"dated {part}, after the document ({latest})"}
        elif status == "planned" and part[:size] < latest[:size]:
            yield {
                "id": f"direncanakan untuk {part}, sebelum dokumen ({latest})",
                "en": f"planned for {part}, before the document ({latest})",
            }
    if status in REPORTED and latest:
        for year in sorted({year for year in years(quoted) if year > int(latest[:4])}):
            yield {
                "id": f"teksnya menyebut {year}, sesudah dokumen ({latest})",
                "en": f"its passage names {year}, after the document ({latest})",
            }


def _different(one: str, other: str) -> Words | None:
    """What two texts count differently, or nothing."""
    numbers = [[n for n in find_numbers(text) if n.counted and not n.orders] for text in (one, other)]
    for counted in dict.fromkeys(n.counted for n in numbers[0]):
        mine, theirs = (
            {n.value: text[n.start : n.end] for n in found if n.counted == counted}
            for found, text in zip(numbers, (one, other), strict=True)
        )
        if theirs and not mine.keys() & theirs.keys():
            a, b = ", ".join(mine.values()), ", ".join(theirs.values())
            return {"id": f"angka berbeda untuk hal yang sama: {a}; {b}", "en": f"different numbers of the same: {a}; {b}"}
    return None


def _repeating(study: Study) -> dict[tuple[str, str], Words]:
    """The pairs on record as repeating each other, and by whom."""
    if study.relations is None:
        return {}
    found = study.relations[study.relations["relation"] == "repeats"].to_dict("records")
    return {(row["statement"], row["other"]): _by_whom(row) for row in found}


def _by_whom(row: Mapping[Any, object]) -> Words:
    """Who put a relation on record; nothing where the table does not say."""
    name = str(row.get("by") or "")
    return {"id": f" (oleh {name})", "en": f" (by {name})"} if name else {"id": "", "en": ""}


def _counted_twice(study: Study) -> Iterator[Spot]:
    acts = study.statements[(study.statements["status"] != CONTEXT) & ~study.statements[study.field.id].isin(study.left_out())]
    repeated = {
        (row["document"], row["segment"]): row["repeats"]
        for row in study.segments[study.segments["repeats"] > 0].to_dict("records")
    }
    on_record = {frozenset(pair): by for pair, by in _repeating(study).items()}
    reasons: dict[tuple[str, str], Words] = {}
    counted: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for (sector, _), cell in _by(acts, study.field.id, "case"):
        places = {
            name: {
                (document, repeated.get((document, number), number))
                for document, number in zip(rows["document"], rows["segment"], strict=True)
            }
            for name, rows in _by(cell, "statement")
        }
        own = {name: set(zip(rows["document"], rows["segment"], strict=True)) for name, rows in _by(cell, "statement")}
        texts = dict(zip(cell["statement"], cell["text_id"], strict=True))
        for one, other in combinations(places, 2):
            by, why = on_record.get(frozenset((one, other))), None
            if by:
                why = {"id": f"tercatat saling mengulang{by['id']}", "en": f"on record as repeating each other{by['en']}"}
            elif places[one] & places[other] and not own[one] & own[other]:
                why = {"id": "bertumpu pada kalimat dan ulangannya", "en": "rest on a sentence and its repetition"}
            elif likeness(texts[one], texts[other]) >= ALIKE:
                why = {"id": "bunyinya hampir sama", "en": "worded almost alike"}
            if why:
                pair = (other, one) if (other, one) in reasons else (one, other)
                reasons.setdefault(pair, why)
                counted.setdefault(pair, []).append((sector, len(places)))
    for pair, why in reasons.items():
        cells = {
            "id": ", ".join(
                f"{sector} ({number} pernyataan; dihitung sekali: {number - 1})" for sector, number in counted[pair]
            ),
            "en": ", ".join(f"{sector} ({number} statements; counted once: {number - 1})" for sector, number in counted[pair]),
        }
        seen = {"id": f"{why['id']}; keduanya dihitung dalam {cells['id']}", "en": f"{why['en']}; both count in {cells['en']}"}
        yield _spot(" / ".join(pair), seen, study.of(*pair))


def _contradiction(study: Study) -> Iterator[Spot]:
    if study.relations is None:
        return
    for row in study.relations[study.relations["relation"].isin(["contradicts", "qualifies"])].to_dict("records"):
        both, words = (row["statement"], row["other"]), RELATIONS[str(row["relation"])]
        sides = {
            language: [f"{name} ({study.highest(study.of(name))[language]})" for name in both] for language in ("id", "en")
        }
        by = _by_whom(row)
        seen = {lang: f"{told[0]} {words[lang]} {told[1]}: {row['why']}{by[lang]}" for lang, told in sides.items()}
        yield _spot(" / ".join(both), seen, pd.concat([study.of(name) for name in both]))


def _empty(study: Study) -> Iterator[Spot]:
    for facet in study.codebook.facets:
        if facet.id not in study.statements:
            continue
        used = {code for codes in study.statements[facet.id].dropna().astype(str) for code in codes.split()}
        for code in facet.codes:
            if code.id in used:
                continue
            seen = {lang: f"{_named(facet, code, lang)}{said}" for lang, said in _NEVER.items()}
            yield _spot(code.id, seen, study.statements.iloc[:0])
    for code in study.field.codes:
        found = study.statements[study.statements[study.field.id] == code.id]
        if len(found) and not code.left_out and (found["status"] == CONTEXT).all():
            seen = {lang: f"{_named(study.field, code, lang)}{said}" for lang, said in _BACKGROUND.items()}
            yield _spot(code.id, seen, found)


_NEVER = {"id": ": tidak dipakai satu pernyataan pun", "en": ": no statement carries it"}
_BACKGROUND = {"id": ": hanya latar dalam semua kasus", "en": ": nothing but background in any case"}


def _named(facet: Facet, code: Code, language: str) -> str:
    return f"{facet.label[language]} '{code.label[language]}'"


def _one_document(study: Study) -> Iterator[Spot]:
    for case, rows in _by(study.statements, "case"):
        if rows["document"].nunique() == 1:
            source, count = rows["document"].iloc[0], rows["statement"].nunique()
            label = study.label(case)
            yield _spot(
                str(case),
                {
                    "id": f"{label['id']}: {count} pernyataan, satu dokumen ({source})",
                    "en": f"{label['en']}: {count} statement{'s' * (count > 1)}, one document ({source})",
                },
                rows,
            )


_ABSTRACTS = {"abstrak", "abstract", "ringkasan", "intisari", "summary", "executive summary", "sari"}


def _headline(study: Study) -> Iterator[Spot]:
    yield from _sections(study)
    for document, segments in _by(study.segments, "document"):
        here = study.statements[study.statements["document"] == document]
        yield from _titles(study, str(document), segments, here)
        yield from _openings(study, segments, here)


def _sections(study: Study) -> Iterator[Spot]:
    """Headings that announce a family of which their section reports no act."""
    families = study.field.families
    content = study.segments[(study.segments["label"] == "content") & (study.segments["heading"] != "")]
    for (document, heading), segments in _by(content, "document", "heading"):
        last = str(heading).split(" > ")[-1]
        announced = [f for f in families if any(word.casefold() in last.casefold() for word in f.headings)]
        under = study.statements[(study.statements["document"] == document) & (study.statements["heading"] == heading)]
        found = under[under["family"].isin([family.id for family in announced])]
        if announced and not found["status"].isin(list(ACTS)).any():
            best = study.highest(found)
            names = {lang: ", ".join(f"'{family.label[lang]}'" for family in announced) for lang in ("id", "en")}
            seen = {
                "id": f"judul bagian mengumumkan {names['id']}; status tertinggi rumpun itu di bawahnya: {best['id']}",
                "en": f"the heading announces {names['en']}; highest status of that family under it: {best['en']}",
            }
            passages = found if len(found) else study.at(str(document), segments["segment"])
            yield _spot(str(heading), seen, passages)


def _titles(study: Study, document: str, segments: pd.DataFrame, here: pd.DataFrame) -> Iterator[Spot]:
    """Sectors that the words of a headline announce and of which the document reports no act."""
    content = segments.index[segments["label"] == "content"]
    head = segments[(segments["label"] == "heading") & (segments.index < (content[0] if len(content) else -1))]
    head = head[~head["text"].str.strip().str.casefold().isin(_ABSTRACTS)].assign(label="content")
    facet = study.field.id
    hits = find_indicators(head, study.codebook, facet)
    for code, found in _by(hits[hits["blocked"] == ""], "code"):
        of_it = here[here[study.field.id] == code]
        if of_it["status"].isin(list(ACTS)).any():
            continue
        label, best, words = (
            study.label(code),
            study.highest(of_it),
            ", ".join(f"'{w}'" for w in dict.fromkeys(found["matched"])),
        )
        seen = {
            "id": f"judul menyebut {words} ({label['id']}); status tertinggi dalam isi: {best['id']}",
            "en": f"the headline says {words} ({label['en']}); highest status in the body: {best['en']}",
        }
        title = study.at(document, found["segment"])
        yield _spot(document, seen, pd.concat([title, of_it]) if len(of_it) else title)


def _openings(study: Study, segments: pd.DataFrame, here: pd.DataFrame) -> Iterator[Spot]:
    """Statements of a lead or an abstract whose status nothing in the body of the document reaches."""
    content = segments[segments["label"] == "content"]
    abstract = content[content["heading"].str.split(" > ").str[-1].str.casefold().isin(_ABSTRACTS)]
    repeats = content[content["repeats"] > 0]
    opening = {*abstract["segment"]} or {*content["segment"].head(1), *repeats["segment"], *repeats["repeats"]}
    order = study.statuses()
    here = here[here[study.field.id].notna() & ~here[study.field.id].isin(study.left_out())]
    inside = here["segment"].isin(list(opening))
    for name, passages in _by(here[inside], "statement"):
        body = here[~inside & (here["case"] == passages["case"].iloc[0])]
        status, lacking = str(passages["status"].iloc[0]), []
        for code in dict.fromkeys(passages[study.field.id].astype(str)):
            found = body[body[study.field.id] == code]
            if status != CONTEXT and max(map(order.index, found["status"].astype(str)), default=-1) < order.index(status):
                lacking.append((code, study.highest(found)))
        if lacking:
            claimed = study.label(status)
            seen = {
                "id": f"pembuka: {claimed['id']}; isi: " + ", ".join(f"{code} {best['id']}" for code, best in lacking),
                "en": f"opening: {claimed['en']}; body: " + ", ".join(f"{code} {best['en']}" for code, best in lacking),
            }
            against = body[body[study.field.id].isin([code for code, _ in lacking])]
            yield _spot(str(name), seen, pd.concat([passages, against]))


def _bare_outcome(study: Study) -> Iterator[Spot]:
    claimed = study.with_status([CLAIMED])
    for name, passages in _by(claimed[claimed["evidence"].astype(str).isin(["0", "1"])], "statement"):
        grade = study.label(passages["evidence"].iloc[0])
        yield _spot(name, {"id": f"bukti {grade['id']}", "en": f"evidence {grade['en']}"}, passages)


def _same_origin(study: Study) -> Iterator[Spot]:
    documents = study.documents()
    highest = study.statements[study.statements["evidence"].astype(str) == "3"]
    for name, passages in _by(highest, "statement"):
        quotes = {document: " ".join(rows["quote"]) for document, rows in _by(passages, "document")}
        reasons = [
            _dependent(documents.loc[one], documents.loc[other], likeness(quotes[one], quotes[other]))
            for one, other in combinations(quotes, 2)
        ]
        if all(reasons):
            seen = {
                lang: "; ".join(dict.fromkeys(reason[lang] for reason in reasons if reason))
                or {"id": "hanya satu dokumen", "en": "one document only"}[lang]
                for lang in ("id", "en")
            }
            yield _spot(name, seen, passages)


def _dependent(one: pd.Series, other: pd.Series, alike: float) -> Words | None:
    """Why two documents may be one source, or nothing."""
    if one["outlet"] and one["outlet"] == other["outlet"]:
        return {"id": f"media yang sama ({one['outlet']})", "en": f"one outlet ({one['outlet']})"}
    days = [pd.to_datetime(date, errors="coerce") for date in (one["date"], other["date"]) if len(str(date)) == 10]
    if len(days) == 2 and abs((days[0] - days[1]).days) <= NEAR_DAYS:
        return {
            "id": f"{one['date']} dan {other['date']}: berdekatan",
            "en": f"{one['date']} and {other['date']}: close together",
        }
    if alike >= ALIKE:
        return {"id": "bunyinya hampir sama", "en": "worded almost alike"}
    return None


FINDERS: dict[str, Callable[[Study], Iterator[Spot]]] = {
    "off_heading": _off_heading,
    "single_source": _single_source,
    "told_as_purpose": _told_as_purpose,
    "weak_support": _weak_support,
    "no_partner": _no_partner,
    "weekday": _weekday,
    "number": _number,
    "counted_twice": _counted_twice,
    "contradiction": _contradiction,
    "empty": _empty,
    "one_document": _one_document,
    "headline": _headline,
    "bare_outcome": _bare_outcome,
    "same_origin": _same_origin,
}
