"""Qualitative analysis after Miles & Huberman in notebooks: condense, display, conclude and verify, every cell traceable.

The flow is a line of tables: documents -> segments -> codings -> statements -> matrix -> figure, table, claim. The names
below are the whole public surface.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from qualkit.agreement import agreement, agreement_overview, disagreements, krippendorff_alpha
from qualkit.claims import evidence_for, read_claims, verify
from qualkit.codebook import read_codebook
from qualkit.codings import code_segments, read_codings, write_codings
from qualkit.corpus import read_corpus
from qualkit.inflection import inflect
from qualkit.learning import held_out, next_to_code, suggest_learned
from qualkit.matrix import count_matrix, quote_matrix, rating_matrix, statement_matrix, trace
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
from qualkit.words import tokens

if TYPE_CHECKING:
    from qualkit.display import heatmap, show
    from qualkit.export import write_figure, write_table

__all__ = [
    "agreement", "agreement_overview", "candidate_indicators", "code_segments", "concordance", "count_matrix",
    "date_checks", "disagreements", "evidence_for", "explain", "find_indicators", "harvest", "heatmap", "held_out",
    "inflect", "invented", "krippendorff_alpha", "lab", "next_to_code", "overlooked", "quote_matrix", "rating_matrix",
    "read_claims", "read_codebook", "read_codings", "read_corpus", "read_statements", "reproduce", "review",
    "review_indicators", "show", "split", "statement_matrix", "suggest_codings", "suggest_learned", "tokens", "trace",
    "verify", "with_circumstances", "write_codings", "write_figure", "write_table",
]  # fmt: skip

# matplotlib, python-docx and openpyxl take longer to load than all the rest: they wait until something is drawn or written.
_WHEN_ASKED_FOR = {"heatmap": "display", "show": "display", "write_figure": "export", "write_table": "export"}


def __getattr__(name: str) -> object:
    if name not in _WHEN_ASKED_FOR:
        raise AttributeError(f"module 'qualkit' has no attribute '{name}'")
    return getattr(import_module(f"qualkit.{_WHEN_ASKED_FOR[name]}"), name)
