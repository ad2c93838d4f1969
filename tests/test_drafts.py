"""Our codebook as a tree and back; then the trees of other programs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.codebook import Code, Codebook, Context, Facet, Family, read_codebook
from qualkit.drafts import UNWRITTEN, Node, codebook_in, codebook_yaml, draft, not_kept, tree, write_codebook
from tests.effort import calls

ROOT = Path(__file__).resolve().parents[1]
BOOK = read_codebook(ROOT / "codebook.yaml")
WORDS = st.fixed_dictionaries({"id": st.just("x"), "en": st.just("y")})
TEXT = st.text(st.sampled_from("aé[]-: \\\n'\"#&*!{}=012🇮🇩"), min_size=1).map(str.strip).filter(bool)
BOTH = st.fixed_dictionaries({"id": TEXT, "en": TEXT})
TERMS = st.lists(st.text("abc ", min_size=1).map(str.strip).filter(bool)).map(tuple)


@st.composite
def codebooks(draw):
    families = tuple(
        Family(name, draw(BOTH), draw(TERMS), draw(TEXT)) for name in draw(st.sampled_from([(), ("F",), ("F", "G")]))
    )
    codes = []
    for name in ("K.A", "K.B"):
        weak = draw(TERMS)
        parent = draw(st.sampled_from([family.id for family in families])) if families else ""
        words = [draw(BOTH) for _ in range(6)]
        left_out = draw(st.none() | BOTH)
        codes.append(
            Code(name, *words, draw(st.sampled_from(["theory", "data"])), draw(TEXT), draw(TEXT), parent, draw(TERMS) + weak,
                 draw(TERMS), draw(TERMS), left_out, draw(st.lists(st.sampled_from(["ajar", "temu"])).map(tuple)), weak)
        )  # fmt: skip
    context = Context(("sentence",), draw(TERMS), ("K.A",), "") if draw(st.booleans()) else None
    facet = Facet("sektor", draw(BOTH), draw(BOTH), "multiple", tuple(codes), families, ("Dinas",), context)
    history = ({"version": draw(TEXT), "date": draw(TEXT), "change": draw(TEXT)},)
    return Codebook(draw(TEXT), draw(TEXT), draw(BOTH), draw(TEXT), (draw(BOTH),), history, (facet,))


@given(codebooks())
def test_a_codebook_comes_back_from_its_tree(book):
    assert draft(tree(book), "lain").codebook == book


@given(codebooks())
def test_a_codebook_comes_back_from_its_file(tmp_path_factory, book):
    path = tmp_path_factory.mktemp("buku") / "codebook.yaml"
    path.write_bytes(codebook_yaml(book))
    assert read_codebook(path) == book


def test_the_codebook_of_the_study_comes_back_both_ways(tmp_path):
    assert draft(tree(BOOK), "lain").codebook == BOOK
    assert read_codebook(write_codebook(tmp_path / "codebook.yaml", BOOK)) == BOOK


def test_no_codebook_is_written_over(tmp_path):
    write_codebook(tmp_path / "codebook.yaml", BOOK)
    with pytest.raises(ValueError, match=r"codebook\.yaml is there already; choose another name, or move it away"):
        write_codebook(tmp_path / "codebook.yaml", BOOK)


def test_codes_are_found_by_the_keys_of_their_nodes():
    assert draft(tree(BOOK), "x").codes["code:DIK.GURU"] == "DIK.GURU"


FOREIGN = (
    Node("1", "Pendidikan", "Sekolah dan kampus.", True, (
        Node("2", "Guru", "Pengajar;\nbukan dosen.", True, (Node("3", "Guru asing"),)),
        Node("4", "Lainnya"),
    )),
    Node("5", "Ekonomi", "", False, (Node("6", "Lainnya"), Node("7", "dagang, ekspor; impor"))),
    Node("8", "Perasaan"),
)  # fmt: skip


def test_the_tree_of_another_program_becomes_one_facet_whose_branches_are_families():
    made = draft(FOREIGN, "Studi NVivo")
    (facet,) = made.codebook.facets
    assert (facet.id, facet.scale, [family.id for family in facet.families]) == (
        "theme",
        "multiple",
        ["Pendidikan", "Ekonomi", "Perasaan"],
    )
    assert [(code.id, code.parent) for code in facet.codes] == [
        ("Pendidikan", "Pendidikan"), ("Guru", "Pendidikan"), ("Guru-asing", "Pendidikan"), ("Pendidikan.Lainnya", "Pendidikan"),
        ("Ekonomi.Lainnya", "Ekonomi"), ("dagang-ekspor-impor", "Ekonomi"), ("Perasaan", "Perasaan"),
    ]  # fmt: skip
    assert made.codes == {"1": "Pendidikan", "2": "Guru", "3": "Guru-asing", "4": "Pendidikan.Lainnya", "6": "Ekonomi.Lainnya",
                          "7": "dagang-ekspor-impor", "8": "Perasaan"}  # fmt: skip
    assert not_kept(FOREIGN) == {
        "levels of codes below the second (now directly below the family)": ["Guru asing"], "facets without codes": [],
    }  # fmt: skip


def test_what_nobody_wrote_says_so_and_the_file_can_be_used_at_once(tmp_path):
    path = write_codebook(tmp_path / "codebook.yaml", draft(FOREIGN, "Studi NVivo").codebook)
    guru = read_codebook(path).codes()["Guru"][1]
    assert guru.full == {"id": "Pengajar;\nbukan dosen.", "en": "Pengajar;\nbukan dosen."}
    assert guru.example == guru.when_not_to_use == UNWRITTEN
    assert guru.label["id"] == "Guru"


def test_codes_without_branches_have_no_families():
    (facet,) = draft([Node("1", "Guru"), Node("2", "guru"), Node("3", "\u200b;")], "").codebook.facets
    assert [code.id for code in facet.codes] == ["Guru", "guru-2", "code"] and facet.families == ()


def test_the_order_of_the_codebook_survives_a_program_that_sorts():
    def by_name(nodes):
        return tuple(
            sorted((Node(n.key, n.name, n.description, n.codable, by_name(n.below)) for n in nodes), key=lambda n: n.name)
        )

    assert draft(by_name(tree(BOOK)), "x").codebook == BOOK


def test_codes_added_elsewhere_stand_beside_ours():
    facet = tree(BOOK)[0]
    family = facet.below[0]
    grown = Node(facet.key, facet.name, facet.description, False, (
        Node(family.key, family.name, family.description, False, (*family.below, Node("baru", "Murid baru", "Definisi."))),
        *facet.below[1:], Node("lepas", "Lepas"),
    ))  # fmt: skip
    book = draft([grown, *tree(BOOK)[1:], Node("asing", "DIK.GURU")], "x").codebook
    codes = book.codes()
    assert codes["Murid-baru"][1].parent == family.name and codes["Murid-baru"][1].full["id"] == "Definisi."
    assert codes["Lepas"][1].parent == "unplaced" and "unplaced" in [one.id for one in book.facets[0].families]
    assert [code.id for code in book.facet("theme").codes] == ["DIK.GURU-2"]
    assert book.version == BOOK.version


def test_headings_that_people_damaged_lose_nothing_but_the_heading():
    damaged = "[code]\nGURU\n[label]\nGuru\n[full: id]\nPengajar.\n[roots]\najar\n[origin]\ntebakan"
    top = Node("f", "x", "[facet]\nsektor\n[context]\nx", False, (Node("k", "GURU", damaged),))
    code = draft([top], "Studi").codebook.facets[0].codes[0]
    assert code.label == {"id": "Guru", "en": "Guru"} and code.full == {"id": "Pengajar.", "en": UNWRITTEN["en"]}
    assert code.roots == ("ajar",) and code.origin == "data" and code.kind == "imported"


def test_codes_of_one_name_are_numbered_once_each_however_many_there_are():
    codes = draft([Node(str(n), "guru") for n in range(20_000)] + [Node("x", "guru-3")], "Studi").codebook.facets[0].codes
    assert [codes[0].id, codes[1].id, codes[19_999].id, codes[20_000].id] == ["guru", "guru-2", "guru-20000", "guru-3-2"]


def test_twice_as_many_codes_of_one_name_are_twice_the_work():
    few, many = (calls(lambda n=n: draft([Node(str(k), "guru") for k in range(n)], "Studi")) for n in (500, 1_000))
    assert many < 2.2 * few  # numbered one after the other from the start: 4 times


def test_a_tree_without_codes_gives_a_codebook_without_facets_and_who_needs_codes_is_told():
    emptied = Node("f", "sektor", "[facet]\nsektor", False, (Node("k", "DIK", "[family]\nDIK", False),))
    assert draft([], "Studi").codebook.facets == draft([emptied], "Studi").codebook.facets == ()
    assert not_kept([emptied])["facets without codes"] == ["sektor"]
    with pytest.raises(ValueError, match=r"^buku\.qdc: there is no code in it$"):
        codebook_in(Path("buku.qdc"), [emptied], {})


def test_a_codebook_in_a_file_is_named_after_it_and_what_is_left_is_told():
    with pytest.warns(UserWarning, match=r"^buku\.qdc: not carried over: sets \(2\): A, B$") as said:
        made = codebook_in(Path("buku.qdc"), [Node("g", "guru")], {"sets": ["A", "B"], "graphs": []})
    assert made.id == "buku" and len(said) == 1
