"""qbank: checks a bank of interview questions and renders it into decks, sheets and data."""

__version__ = "0.1.0"
