"""The site: it stores, shows and asks; every figure on it was computed by the library and carries its
proof.

An app a subject; in each, models keep, states name, actions change, queries read, permissions decide, views ask.
"""

__all__ = ()  # the highest room: nobody imports it
