"""Calls to outside services that survive their bad days."""
