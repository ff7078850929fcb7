"""Declared items judged: facts against limits, evidence against scales, points against a pass mark."""
