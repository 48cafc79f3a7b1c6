"""Shared pieces of the mulan-mini recipe: one module a question."""
