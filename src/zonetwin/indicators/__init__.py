"""Declared computations, their measurements and their proofs."""
