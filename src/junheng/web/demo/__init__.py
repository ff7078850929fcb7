"""What a site is filled with to be tried: a made-up city on an empty one, and a made-up province on request."""

from junheng.web.demo.making import make_demo

__all__ = ["make_demo"]
