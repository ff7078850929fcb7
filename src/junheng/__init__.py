"""Junheng 均衡: judge, explain and improve the balanced development of compulsory education."""

__version__ = "0.1.0"
