"""The papers of funds and aid: workbooks with live arithmetic, Word summaries, the public page without names."""

from junheng.reports.funding.aid_book import write_aid_book
from junheng.reports.funding.aid_document import aid_document
from junheng.reports.funding.funds_book import write_funds_book
from junheng.reports.funding.funds_document import funds_document
from junheng.reports.funding.public_page import public_page
from junheng.reports.funding.words import FINDINGS

__all__ = ["FINDINGS", "aid_document", "funds_document", "public_page", "write_aid_book", "write_funds_book"]
