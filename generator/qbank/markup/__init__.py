"""The only place that knows markup: Markdown with mathematics, and what becomes of it in HTML, in Typst and as text."""
