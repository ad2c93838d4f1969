"""A language goes in; the words of the desk's front end in that language come out, by the key that desk.js asks for."""

from __future__ import annotations

from qualkit.codebook import LANGUAGES, Words, bilingual

_WORDS: dict[str, Words] = {
    # the parts of the desk, as a screen reader names them
    "desk": bilingual("Meja pengodean", "Coding desk"),
    "text": bilingual("Teks dokumen, kalimat demi kalimat", "Text of the document, sentence by sentence"),
    "paragraph": bilingual("Paragraf {n}", "Paragraph {n}"),
    "tools": bilingual("Perkakas meja", "Tools of the desk"),
    "here": bilingual("Pengodean di sini", "Codings here"),
    "coding_tools": bilingual("Perkakas pengodean", "Tools for the coding"),
    "ghost_tools": bilingual("Putusan atas saran", "Decision on the suggestion"),
    "facets": bilingual("Faset", "Facets"),
    "codes": bilingual("Kode", "Codes"),
    "list": bilingual("Pengodean dalam dokumen ini", "Codings in this document"),
    "progress": bilingual("Kemajuan", "Progress"),
    "keys": bilingual("Tombol", "Keys"),
    "what": bilingual("Kegunaan", "What it does"),
    # what can be done
    "next_sentence": bilingual("Kalimat berikutnya", "Next sentence"),
    "previous_sentence": bilingual("Kalimat sebelumnya", "Previous sentence"),
    "extend_down": bilingual("Perluas pilihan ke kalimat berikutnya", "Extend the selection to the next sentence"),
    "extend_up": bilingual("Perluas pilihan ke kalimat sebelumnya", "Extend the selection to the previous sentence"),
    "word_right": bilingual("Tambah satu kata", "Select one word more"),
    "word_left": bilingual("Kurangi satu kata", "Select one word less"),
    "clear": bilingual("Lepaskan pilihan, pencarian, dan saringan", "Let go of selection, find and filter"),
    "pick_code": bilingual("Cari kode di semua faset", "Search the codes of all facets"),
    "recent_codes": bilingual("Kode terkini", "Recent codes"),
    "write_memo": bilingual("Tulis memo", "Write memo"),
    "cycle": bilingual("Pengodean lain", "Other coding"),
    "remove": bilingual("Hapus", "Remove"),
    "undo": bilingual("Urungkan", "Undo"),
    "redo": bilingual("Ulangi", "Redo"),
    "start_left": bilingual("Awal satu kata ke kiri", "Start one word to the left"),
    "start_right": bilingual("Awal satu kata ke kanan", "Start one word to the right"),
    "end_left": bilingual("Akhir satu kata ke kiri", "End one word to the left"),
    "end_right": bilingual("Akhir satu kata ke kanan", "End one word to the right"),
    "vivo": bilingual("Kode in vivo", "In-vivo code"),
    "next_uncoded": bilingual("Berikutnya yang belum dikode", "Next uncoded sentence"),
    "next_brief": bilingual("Berikutnya", "Next uncoded"),
    "mark_read": bilingual("Tandai dibaca, tanpa kode", "Mark as read, no code"),
    "read_brief": bilingual("Tandai dibaca", "Mark as read"),
    "accept": bilingual("Terima saran", "Accept suggestion"),
    "reject": bilingual("Tolak saran", "Reject suggestion"),
    "reject_why": bilingual("Tolak dengan alasan", "Reject with a reason"),
    "toggle_ghosts": bilingual("Tampilkan saran", "Show suggestions"),
    "toggle_others": bilingual("Tampilkan faset lain", "Show other facets"),
    "next_facet": bilingual("Faset berikutnya", "Next facet"),
    "previous_facet": bilingual("Faset sebelumnya", "Previous facet"),
    "show_entry": bilingual("Buku kode", "Codebook entry"),
    "solo": bilingual("Hanya kode ini", "Only this code"),
    "pin": bilingual("Sematkan kode", "Pin code"),
    "find": bilingual("Cari dalam teks", "Find in the text"),
    "documents": bilingual("Dokumen", "Documents"),
    "next_document": bilingual("Dokumen berikutnya", "Next document"),
    "previous_document": bilingual("Dokumen sebelumnya", "Previous document"),
    "visit_next": bilingual("Kutipan berikutnya dalam daftar", "Next passage of the list"),
    "visit_previous": bilingual("Kutipan sebelumnya dalam daftar", "Previous passage of the list"),
    "settle": bilingual("Perlu diputuskan", "To be settled"),
    "refresh": bilingual("Muat ulang dari berkas", "Read the files again"),
    "help": bilingual("Bantuan", "Help"),
    "digits": bilingual("Beri kode bernomor itu", "Apply the code of that number"),
    "recent_digits": bilingual("Beri kode terkini bernomor itu", "Apply the recent code of that number"),
    "help_text": bilingual(
        "Pilih kata dengan tetikus atau kalimat dengan panah, lalu tekan angka, / atau klik kode. Tiap tindakan disimpan lebih dahulu "
        "sebelum dinyatakan tersimpan.",
        "Select words with the mouse or sentences with the arrows, then press a digit or / or click a code. Each action is saved before "
        "it is said to be saved.",
    ),
    "hint": bilingual(
        "Klik sebuah kalimat atau tandai kata-kata, lalu tekan angka di depan sebuah kode. Semua tombol: ?",
        "Click a sentence or mark words, then press the digit beside a code. All keys: ?",
    ),
    # saving
    "saving": bilingual("menyimpan…", "saving…"),
    "late": bilingual("kernel tidak menjawab – belum tersimpan", "kernel does not answer – not saved yet"),
    "lost": bilingual(
        "kernel tidak menjawab – belum tersimpan; jalankan sel meja ini lagi",
        "kernel does not answer – not saved; run the cell of this desk again",
    ),
    "cut": bilingual(
        "kernel terputus; jalankan sel meja ini lagi sebelum mengode",
        "no connection to the kernel; run the cell of this desk again before coding",
    ),
    "read_only": bilingual("Hanya dapat dibaca", "Read only"),
    "blind": bilingual("tanpa saran (buta)", "no suggestions (blind)"),
    "assigned": bilingual("tugas: {n} kalimat", "assigned: {n} sentences"),
    "nothing_to_undo": bilingual("tidak ada yang dapat diurungkan", "nothing to undo"),
    "nothing_to_redo": bilingual("tidak ada yang dapat diulangi", "nothing to redo"),
    "undone": bilingual("Diurungkan: {what} pada kalimat {n}", "Undone: {what} on sentence {n}"),
    "redone": bilingual("Diulangi: {what} pada kalimat {n}", "Done again: {what} on sentence {n}"),
    "dismiss": bilingual("Tutup pesan", "Dismiss the message"),
    "notices": bilingual("Pemberitahuan ({n})", "Notices ({n})"),
    "save": bilingual("Simpan", "Save"),
    "cancel": bilingual("Batal", "Cancel"),
    "close": bilingual("Tutup", "Close"),
    # the head and the documents
    "head_count": bilingual(
        "{done}/{of} kalimat · dokumen {number}/{all} · pengode {coder}",
        "{done}/{of} sentences · document {number}/{all} · coder {coder}",
    ),
    "document_row": bilingual("{done}/{of} kalimat, {coded} pengodean", "{done}/{of} sentences, {coded} codings"),
    "problems": bilingual("{n} perlu diputuskan", "{n} to be settled"),
    # the text
    "heading": bilingual("judul bagian", "heading"),
    "boilerplate": bilingual("bukan isi", "not content"),
    "ghost": bilingual("saran", "suggestion"),
    "matched": bilingual("karena kata: {words}", "because of: {words}"),
    "read_mark": bilingual("dibaca, tanpa kode", "read, no code"),
    "assigned_mark": bilingual("termasuk tugas", "assigned"),
    "heard_code": bilingual("kode {code}", "code {code}"),
    "heard_ghost": bilingual("saran {code}", "suggestion {code}"),
    "heard_memo": bilingual("memo: {memo}", "memo: {memo}"),
    "heard_applied": bilingual("kode {code} pada kalimat {n}; tersimpan", "code {code} on sentence {n}; saved"),
    "heard_removed": bilingual(
        "kode {code} dihapus; tersimpan; Ctrl+Z mengurungkan", "code {code} removed; saved; Ctrl+Z undoes"
    ),
    # what is under the cursor
    "here_sentence": bilingual("Kalimat {n} dari {of}", "Sentence {n} of {of}"),
    "here_sentences": bilingual("Kalimat {m}–{n} dari {of}", "Sentences {m}–{n} of {of}"),
    "here_selection": bilingual("Terpilih: “{quote}”", "Selected: “{quote}”"),
    "nothing_here": bilingual("belum ada pengodean di sini", "no coding here"),
    "no_ghost_here": bilingual("tidak ada saran di sini", "no suggestion here"),
    "memo_nowhere": bilingual(
        "Belum ada kode di kalimat ini: beri kode dulu, lalu M. Ketikan diabaikan sampai Esc atau panah.",
        "No code on this sentence yet: apply a code first, then M. Typing is ignored until Esc or an arrow.",
    ),
    "memo_text": bilingual("Isi memo", "Text of the memo"),
    "memo_for": bilingual("Memo untuk {code}: “{quote}”", "Memo for {code}: “{quote}”"),
    # the codes
    "filter_codes": bilingual("Saring kode…", "Filter codes…"),
    "pins": bilingual("Disematkan", "Pinned"),
    "pinned": bilingual("{code} disematkan", "{code} pinned"),
    "unpinned": bilingual("{code} tidak lagi disematkan", "{code} no longer pinned"),
    "solo_on": bilingual("Hanya kode {code} yang tampak.", "Only the code {code} is shown."),
    "show_all": bilingual("Tampakkan semua", "Show all"),
    "recent_how": bilingual("Tekan angka untuk memberi kode terkini", "Press a digit to apply a recent code"),
    "recent_none": bilingual("Belum ada kode terkini", "No recent codes yet"),
    "pick_how": bilingual("id, label, atau definisi kode…", "id, label or definition of a code…"),
    "no_code_found": bilingual("tidak ada kode yang cocok", "no code matches"),
    "entry": bilingual("Entri buku kode", "Codebook entry"),
    "no_entry": bilingual("Arahkan ke sebuah kode untuk membaca entrinya", "Point at a code to read its entry"),
    "definition": bilingual("Definisi", "Definition"),
    "use_when": bilingual("Gunakan bila", "Use when"),
    "use_not": bilingual("Jangan gunakan bila", "Do not use when"),
    "example": bilingual("Contoh", "Example"),
    # dialogs
    "vivo_how": bilingual(
        "Kode dalam kata-kata teks sendiri; usul bagi buku kode, belum pengodean.",
        "A code in the text's own words; a proposal to the codebook, not yet a coding.",
    ),
    "replace_title": bilingual("Ganti jawaban yang ada?", "Replace the present answer?"),
    "replace_ask": bilingual(
        "Faset {facet} menerima satu jawaban untuk tiap kalimat. Ganti “{old}” dengan “{code}”?",
        "The facet {facet} takes one answer for each sentence. Replace “{old}” by “{code}”?",
    ),
    "replace_ask_short": bilingual(
        "Faset {facet} menerima satu jawaban untuk tiap kalimat. Ganti dengan “{code}”?",
        "The facet {facet} takes one answer for each sentence. Replace it by “{code}”?",
    ),
    "replace_yes": bilingual("Ganti", "Replace"),
    "replace_no": bilingual("Biarkan yang lama", "Keep the old one"),
    # find, visits, settling
    "find_count": bilingual("{n} dari {of}", "{n} of {of}"),
    "find_next": bilingual("Temuan berikutnya", "Next place found"),
    "find_previous": bilingual("Temuan sebelumnya", "Previous place found"),
    "visit_at": bilingual("Daftar kutipan: {at} dari {of} · {label}", "List of passages: {at} of {of} · {label}"),
    "list_head": bilingual("Pengodean dalam dokumen ini ({n})", "Codings in this document ({n})"),
    "settle_none": bilingual("Tidak ada yang perlu diputuskan.", "Nothing is to be settled."),
    "settle_old": bilingual("Semula:", "Before:"),
    "settle_now": bilingual("Sekarang:", "Now:"),
    "settle_candidate": bilingual("Mungkin:", "Maybe:"),
    "settle_no_candidates": bilingual("Kata-kata itu tidak ditemukan lagi.", "The words are found no more."),
    "settle_choose": bilingual("Pakai tempat ini", "Use this place"),
    "settle_mine": bilingual("Pakai pilihan saya dalam teks", "Use my selection in the text"),
    "settle_open": bilingual("Buka dokumennya", "Open its document"),
    "settle_keep": bilingual("Biarkan apa adanya", "Leave as it is"),
    "anchor_moved": bilingual("berpindah tempat", "moved"),
    "anchor_changed": bilingual("kata-katanya berubah", "its words changed"),
    "anchor_ambiguous": bilingual("ada beberapa tempat yang mungkin", "several places are possible"),
    "anchor_orphan": bilingual("kata-katanya hilang", "its words are gone"),
    "anchor_damaged": bilingual("baris rusak", "damaged row"),
}


def words(language: str = "id") -> dict[str, str]:
    """The words of the desk in one language, by the key that the front end asks for; ``{n}`` and the like are filled in there.

    Parameters
    ----------
    language
        "id" (Indonesian) or "en" (English).

    Raises
    ------
    ValueError
        If the desk does not speak the language.

    Examples
    --------
    >>> words()["undo"], words("en")["undo"]
    ('Urungkan', 'Undo')
    """
    if language not in LANGUAGES:
        raise ValueError(f"language='{language}': the desk speaks {' and '.join(LANGUAGES.values())}")
    return {key: text[language] for key, text in _WORDS.items()}
