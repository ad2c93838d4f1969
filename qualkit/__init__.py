"""Qualitative analysis after Miles & Huberman in notebooks: condense, display, conclude and verify, every cell traceable.

The flow is a line of tables: documents -> segments -> codings -> statements -> matrix -> figure, table, claim. The names
below are the whole public surface.
"""

from qualkit.agreement import agreement, agreement_overview, disagreements, krippendorff_alpha
from qualkit.claims import evidence_for, read_claims, verify
from qualkit.codebook import read_codebook
from qualkit.codings import code_segments, read_codings, write_codings
from qualkit.corpus import read_corpus
from qualkit.display import heatmap, show
from qualkit.export import write_figure, write_table
from qualkit.matrix import count_matrix, quote_matrix, rating_matrix, statement_matrix, trace
from qualkit.segments import harvest, split
from qualkit.statements import date_checks, read_statements
from qualkit.study import lab, reproduce
from qualkit.suggest import suggest_codings

__all__ = [
    "agreement", "agreement_overview", "code_segments", "count_matrix", "date_checks", "disagreements", "evidence_for",
    "harvest", "heatmap", "krippendorff_alpha", "lab", "quote_matrix", "rating_matrix", "read_claims", "read_codebook",
    "read_codings", "read_corpus", "read_statements", "reproduce", "show", "split", "statement_matrix", "suggest_codings",
    "trace", "verify", "write_codings", "write_figure", "write_table",
]  # fmt: skip
