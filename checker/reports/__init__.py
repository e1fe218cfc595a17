"""Reporters: each writes results in one format."""
