"""Answers questions from a vintage: on a screen, in a slide, in a sheet."""
