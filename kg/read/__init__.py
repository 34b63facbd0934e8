"""The reading stage: paths to documents."""

from kg.read.copies import merge_copies
from kg.read.documents import read_documents
from kg.read.pages import READERS, Page, Reader

__all__ = ["READERS", "Page", "Reader", "merge_copies", "read_documents"]
