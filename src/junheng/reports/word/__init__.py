"""Blocks of a document and how they become WordprocessingML; knows nothing of standards or schools."""
