"""Qualitative analysis after Miles & Huberman in notebooks: condense, display, conclude and verify, every cell traceable.

The flow is a line of tables: documents -> segments -> codings -> statements -> matrix -> figure, table, claim. The names
below are the whole public surface.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from qualkit.agreement import agreement, agreement_overview, disagreements, krippendorff_alpha
from qualkit.arrange import arrange
from qualkit.checks import checks, weak_spots
from qualkit.claims import evidence_for, if_then_tests, read_claims, verify
from qualkit.codebook import read_codebook
from qualkit.codings import code_segments, read_codings, to_settle, write_codings
from qualkit.columns import periods, spread
from qualkit.corpus import read_corpus
from qualkit.inflection import inflect
from qualkit.matrix import count_matrix, quote_matrix, rating_matrix, statement_matrix, trace
from qualkit.recipes import recipes, template
from qualkit.review import (
    candidate_indicators,
    concordance,
    invented,
    overlooked,
    review,
    review_indicators,
)
from qualkit.segments import harvest, split
from qualkit.statements import date_checks, read_statements
from qualkit.study import lab, reproduce
from qualkit.suggest import explain, find_indicators, suggest_codings, with_circumstances
from qualkit.tactics import tactics, tactics_of
from qualkit.words import tokens

if TYPE_CHECKING:
    from qualkit.accounting import accounting_log, condensate, selection_log
    from qualkit.assignments import add_assignments, assign, draw_sample, read_assignments, reading_log, readings
    from qualkit.audit import check_audit, log_changes, read_audit
    from qualkit.charts import scatter, upset
    from qualkit.display import heatmap, show
    from qualkit.doublecoding import code_check
    from qualkit.drafts import write_codebook
    from qualkit.exchange import read_qdc, read_qdpx, write_qdc
    from qualkit.export import write_figure, write_table
    from qualkit.forms import document_form, read_forms, start_forms
    from qualkit.health import check_study, study_status
    from qualkit.intake import add_texts
    from qualkit.learning import held_out, next_to_code, suggest_learned
    from qualkit.memos import read_memos, write_memo
    from qualkit.networks import network
    from qualkit.newstudy import new_study
    from qualkit.pages import with_pages
    from qualkit.patterns import pattern_table, read_patterns, with_patterns
    from qualkit.quality import trustworthiness
    from qualkit.reconciling import reconcile
    from qualkit.refiwriter import write_qdpx
    from qualkit.relations import read_relations
    from qualkit.report import Appendix, Figure, Table, write_report
    from qualkit.revision import add_revisions, read_revisions, revision_log, to_decide
    from qualkit.sharing import rehydrate, share_study
    from qualkit.standards import srqr
    from qualkit.taguette import read_taguette, write_taguette
    from qualkit.tidy import write_tidy
    from qualkit.timelines import timeline
    from qualkit.trash import put_back, removed_rows
    from qualkit.unitizing import unitized_agreement
    from qualkit.versions import backups, restore
    from qualkit.widget import desk

__all__ = [
    "Appendix",
    "Figure",
    "Table",
    "accounting_log",
    "add_assignments",
    "add_revisions",
    "add_texts",
    "agreement",
    "agreement_overview",
    "arrange",
    "assign",
    "backups",
    "candidate_indicators",
    "check_audit",
    "check_study",
    "checks",
    "code_check",
    "code_segments",
    "concordance",
    "condensate",
    "count_matrix",
    "date_checks",
    "desk",
    "disagreements",
    "document_form",
    "draw_sample",
    "evidence_for",
    "explain",
    "find_indicators",
    "harvest",
    "heatmap",
    "held_out",
    "if_then_tests",
    "inflect",
    "invented",
    "krippendorff_alpha",
    "lab",
    "log_changes",
    "network",
    "new_study",
    "next_to_code",
    "overlooked",
    "pattern_table",
    "periods",
    "put_back",
    "quote_matrix",
    "rating_matrix",
    "read_assignments",
    "read_audit",
    "read_claims",
    "read_codebook",
    "read_codings",
    "read_corpus",
    "read_forms",
    "read_memos",
    "read_patterns",
    "read_qdc",
    "read_qdpx",
    "read_relations",
    "read_revisions",
    "read_statements",
    "read_taguette",
    "reading_log",
    "readings",
    "recipes",
    "reconcile",
    "rehydrate",
    "removed_rows",
    "reproduce",
    "restore",
    "review",
    "review_indicators",
    "revision_log",
    "scatter",
    "selection_log",
    "share_study",
    "show",
    "split",
    "spread",
    "srqr",
    "start_forms",
    "statement_matrix",
    "study_status",
    "suggest_codings",
    "suggest_learned",
    "tactics",
    "tactics_of",
    "template",
    "timeline",
    "to_decide",
    "to_settle",
    "tokens",
    "trace",
    "trustworthiness",
    "unitized_agreement",
    "upset",
    "verify",
    "weak_spots",
    "with_circumstances",
    "with_pages",
    "with_patterns",
    "write_codebook",
    "write_codings",
    "write_figure",
    "write_memo",
    "write_qdc",
    "write_qdpx",
    "write_report",
    "write_table",
    "write_taguette",
    "write_tidy",
]  # fmt: skip

# What a first look at texts and codings does without: loaded when its name is asked for. (A name that is a module's too must stand above.)
_WHEN_ASKED_FOR = {
    "accounting_log": "accounting", "condensate": "accounting", "selection_log": "accounting",
    "add_assignments": "assignments", "assign": "assignments", "draw_sample": "assignments",
    "read_assignments": "assignments", "reading_log": "assignments", "readings": "assignments",
    "check_audit": "audit", "log_changes": "audit", "read_audit": "audit",
    "code_check": "doublecoding",
    "document_form": "forms", "read_forms": "forms", "start_forms": "forms",
    "held_out": "learning", "next_to_code": "learning", "suggest_learned": "learning",
    "read_memos": "memos", "write_memo": "memos",
    "pattern_table": "patterns", "read_patterns": "patterns", "with_patterns": "patterns",
    "trustworthiness": "quality",
    "reconcile": "reconciling",
    "read_relations": "relations",
    "add_revisions": "revision", "read_revisions": "revision", "revision_log": "revision", "to_decide": "revision",
    "srqr": "standards",
    "put_back": "trash", "removed_rows": "trash",
    "unitized_agreement": "unitizing",
    "backups": "versions", "restore": "versions",
    "with_pages": "pages",
    "rehydrate": "sharing", "share_study": "sharing",
    "new_study": "newstudy",
    "check_study": "health", "study_status": "health",
    "add_texts": "intake",
    "write_tidy": "tidy",
    "write_codebook": "drafts",
    "read_taguette": "taguette", "write_taguette": "taguette",
    "write_qdpx": "refiwriter",
    "read_qdpx": "exchange", "read_qdc": "exchange", "write_qdc": "exchange",
    "Appendix": "report", "Figure": "report", "Table": "report", "desk": "widget", "heatmap": "display", "network": "networks",
    "scatter": "charts", "show": "display", "timeline": "timelines", "upset": "charts", "write_figure": "export",
    "write_report": "report", "write_table": "export",
}  # fmt: skip


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> object:
    if name not in _WHEN_ASKED_FOR:
        raise AttributeError(f"module 'qualkit' has no attribute '{name}'")
    return getattr(import_module(f"qualkit.{_WHEN_ASKED_FOR[name]}"), name)
