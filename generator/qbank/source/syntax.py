"""What libyaml says, in our words."""

from __future__ import annotations

#: What libyaml says (context: problem, as a regular expression), whether its context or its problem mark is the better
#: place, our message and our help. The last case fits everything.
CASES: tuple[tuple[str, bool, str, str], ...] = (
    (
        r"mapping values are not allowed",
        False,
        "a colon followed by a space inside an unquoted text starts a mapping here",
        "put the text in single quotes, or write it as a block: `key: |` and the text indented below",
    ),
    (
        r"mapping keys are not allowed",
        False,
        "a value cannot start with a ? and a space",
        "put the value in single quotes",
    ),
    (
        r"simple key.*could not find expected ':'",
        True,
        "this line is neither a key with a colon nor part of the text above it",
        "a key is followed by ': '; a text that goes on must be indented below its key",
    ),
    (
        r"cannot start any token",
        False,
        "a value cannot start with this character",
        "put the value in single quotes",
    ),
    (
        r"quoted scalar.*(unexpected end of stream|unexpected document indicator)",
        True,
        "the quote that opens here is never closed",
        "close it; a single quote inside single quotes is written twice: 'it''s'",
    ),
    (
        r"unknown escape character|did not find expected hexdecimal|invalid Unicode character escape",
        False,
        "a backslash in double quotes starts an escape that YAML does not know",
        "use single quotes or a block `|`: backslashes then mean themselves",
    ),
    (
        r"flow sequence.*did not find expected",
        True,
        "the list that opens with [ is not closed, or a comma is missing",
        "close it with ]; if you mean the text itself, put it in single quotes",
    ),
    (
        r"flow mapping.*did not find expected",
        True,
        "the mapping that opens with { is not closed, or a comma is missing",
        "close it with }; if you mean the text itself, put it in single quotes",
    ),
    (
        r"flow node.*did not find expected node content",
        False,
        "a list or a mapping that opens with [ or { is not closed before this place, or a comma is too many",
        "close it; if you mean the text itself, put it in single quotes",
    ),
    (
        r"block node.*did not find expected node content",
        False,
        "a value cannot start with this character",
        "put the value in single quotes",
    ),
    (
        r"block sequence entries are not allowed",
        False,
        "a list item cannot stand here",
        "start the list on the line below its key, indented",
    ),
    (
        r"block collection.*did not find expected '-'",
        False,
        "this line does not fit the list above it",
        "begin a further item with '- ' in the same column, or indent the line to belong to the item",
    ),
    (
        r"block mapping.*did not find expected key",
        False,
        "this line does not fit the indentation of the lines above it, or text follows a closed quote",
        "keys of one mapping stand in the same column; put a text that holds quotes into a block `|`",
    ),
    (
        r"block scalar.*(leading empty lines|indentation)",
        False,
        "the lines of this block are indented unevenly",
        "indent all lines of the block by the same two spaces",
    ),
    (
        r"block scalar.*(chomping|comment or line break)",
        False,
        "text stands on the line of the | or >",
        "begin the text on the next line, indented; put a text that begins with | or > in single quotes",
    ),
    (
        r"expected <document start>",
        False,
        "text stands here after the end of the data",
        "the whole file is one mapping of keys; check the indentation of this line",
    ),
    (
        r"anchor|alias",
        True,
        "an & or * starts an anchor or alias here, which is not allowed",
        "put the value in single quotes",
    ),
    (
        r"tag|directive",
        False,
        "a ! or % starts a tag or directive here, which is not allowed",
        "put the value in single quotes",
    ),
    (
        r"",
        False,
        "this is not valid YAML",
        "compare with another file of the bank; a text with odd characters is safest as a block `|`",
    ),
)
