r"""The commands that a formula may use, as tables: adding a command is adding a word here.

Every name without its backslash. Symbols are Unicode characters and never names of Typst symbols, which change with its
versions. Names that MathJax lacks stand in `MATHJAX_UNKNOWN` and are refused by a strict parse.

How the tables were verified: MathJax 3.2.2 as Anki ships it (desktop 26.9.3, Anki's configuration, but without
`noerrors` and `noundefined`) typeset every command and environment once, in display and inline, in headless Chromium.
Exactly the names in `MATHJAX_UNKNOWN` gave an error, and MathJax printed the same characters, but for pairs that look
alike, such as U+2016 and U+2225 for \|. test_tex.py repeats it where the files of Anki and Chromium are at hand.
Every character has a glyph in New Computer Modern Math: without one, writing PDF/A fails, and so does a test.
"""

from __future__ import annotations

import string


def _table(words: str) -> dict[str, str]:
    """A table written as `name character name character ...`."""
    items = words.split()
    return dict(zip(items[::2], items[1::2], strict=True))


def _words(words: str) -> tuple[str, ...]:
    return tuple(words.split())


LOWER_GREEK = _table("""
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ
    lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ
    chi χ psi ψ omega ω
""")

_LETTERS = _table("""
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω digamma ϝ
    hbar ℏ hslash ℏ ell ℓ wp ℘ Re ℜ Im ℑ aleph ℵ beth ℶ gimel ℷ imath ı jmath ȷ eth ð mho ℧
""")

LARGE = _table("""
    sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ bigvee ⋁
    bigwedge ⋀ biguplus ⨄ bigsqcup ⨆
""")

BINARY = _table("""
    pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ cap ∩ cup ∪
    uplus ⊎ sqcap ⊓ sqcup ⊔ wedge ∧ land ∧ vee ∨ lor ∨ setminus ∖ smallsetminus ∖ wr ≀ dagger † ddagger ‡ dag †
    amalg ⨿ bigtriangleup △ diamond ⋄ boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ ltimes ⋉ rtimes ⋊ circledast ⊛
    circledcirc ⊚ circleddash ⊝ dotplus ∔ barwedge ⊼ veebar ⊻ intercal ⊺ curlywedge ⋏ curlyvee ⋎ divideontimes ⋇
    Cap ⋒ Cup ⋓ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵
""")

RELATIONS = _table("""
    le ≤ leq ≤ leqslant ⩽ leqq ≦ ge ≥ geq ≥ geqslant ⩾ geqq ≧ ll ≪ gg ≫ lll ⋘ ggg ⋙ lt < gt >
    ne ≠ neq ≠ equiv ≡ sim ∼ simeq ≃ approx ≈ approxeq ≊ cong ≅ propto ∝ varpropto ∝ asymp ≍ doteq ≐
    triangleq ≜ circeq ≗ bumpeq ≏ coloneqq ≔ eqqcolon ≕ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆
    lessgtr ≶ gtrless ≷ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ nsim ≁ ncong ≇
    prec ≺ succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ precsim ≾ succsim ≿ nprec ⊀ nsucc ⊁
    mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⟂ models ⊨ vDash ⊨ Vdash ⊩ nvdash ⊬ nvDash ⊭ vdash ⊢ dashv ⊣
    in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ nsupseteq ⊉
    Subset ⋐ Supset ⋑ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ bowtie ⋈ between ≬ pitchfork ⋔
    vartriangleleft ⊲ vartriangleright ⊳ trianglelefteq ⊴ trianglerighteq ⊵ therefore ∴ because ∵
    smile ⌣ frown ⌢
""")

ARROWS = _table("""
    to → rightarrow → longrightarrow ⟶ leftarrow ← gets ← longleftarrow ⟵ leftrightarrow ↔ longleftrightarrow ⟷
    Rightarrow ⇒ implies ⟹ Longrightarrow ⟹ Leftarrow ⇐ impliedby ⟸ Longleftarrow ⟸ Leftrightarrow ⇔ iff ⟺
    Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩ uparrow ↑ downarrow ↓ updownarrow ↕
    Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightsquigarrow ⇝ leadsto ⇝
    rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋
    rightleftarrows ⇄ leftrightarrows ⇆ rightrightarrows ⇉ leftleftarrows ⇇ upuparrows ⇈ downdownarrows ⇊
    nrightarrow ↛ nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ nLeftrightarrow ⇎ nleftrightarrow ↮
    twoheadrightarrow ↠ twoheadleftarrow ↞ rightarrowtail ↣ leftarrowtail ↢ upharpoonright ↾ restriction ↾
    upharpoonleft ↿ curvearrowright ↷ curvearrowleft ↶ circlearrowright ↻ circlearrowleft ↺ multimap ⊸
    Rrightarrow ⇛ Lleftarrow ⇚
""")

ORDINARY = _table(r"""
    infty ∞ partial ∂ nabla ∇ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ emptyset ∅ varnothing ∅ angle ∠ measuredangle ∡
    sphericalangle ∢ triangle △ triangledown ▽ blacktriangle ▲ blacktriangledown ▼ top ⊤ bot ⊥ prime ′ backprime ‵
    degree ° checkmark ✓ square □ Box □ blacksquare ■ qed ∎ Diamond ◊ lozenge ◊ blacklozenge ⧫ bigstar ★ maltese ✠
    clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ sharp ♯ flat ♭ natural ♮ complement ∁ surd √ S § P ¶
    yen ¥ ldots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ lbrack [ rbrack ] backslash \
    % % $ $ & & # # _ _ { { } } lbrace { rbrace }
""")

SYMBOLS = {**LOWER_GREEK, **_LETTERS, **LARGE, **BINARY, **RELATIONS, **ARROWS, **ORDINARY}

#: What a formula may hold without a command: printable ASCII that means itself, the letter shapes of two keys, and the
#: characters of the commands above.
CHARACTERS = {
    **{c: c for c in SYMBOLS.values() if not c.isascii()},
    **{c: c for c in f"{string.ascii_letters}{string.digits}+=<>()[],;.!?"},
    "-": "−",
    "−": "−",
    "*": "∗",
    "·": "⋅",
}

# fmt: off

#: The class that sets the space around a symbol, where it is not the one that Unicode gives its character.
CHARACTER_CLASSES = {
    "|": ("normal", "|"), "/": ("normal", "/"), ":": ("relation", ":"), "‖": ("normal", "‖"),
    "⟨": ("opening", "⟨"), "⟩": ("closing", "⟩"), "⌊": ("opening", "⌊"), "⌋": ("closing", "⌋"),
    "⌈": ("opening", "⌈"), "⌉": ("closing", "⌉"),
}
COMMAND_CLASSES = {
    "|": ("normal", "‖"), "Vert": ("normal", "‖"), "vert": ("normal", "|"), "colon": ("punctuation", ":"),
    "lvert": ("opening", "|"), "rvert": ("closing", "|"), "lVert": ("opening", "‖"), "rVert": ("closing", "‖"),
    "langle": ("opening", "⟨"), "rangle": ("closing", "⟩"), "lfloor": ("opening", "⌊"), "rfloor": ("closing", "⌋"),
    "lceil": ("opening", "⌈"), "rceil": ("closing", "⌉"), "ulcorner": ("opening", "⌜"), "urcorner": ("closing", "⌝"),
}

#: What may follow \left, \right, \middle and \big; the empty one is invisible.
DELIMITERS = {
    "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", "<": "⟨", ">": "⟩", ".": "",
    r"\{": "{", r"\}": "}", r"\lbrace": "{", r"\rbrace": "}", r"\lbrack": "[", r"\rbrack": "]", r"\|": "‖",
    r"\uparrow": "↑", r"\downarrow": "↓", r"\updownarrow": "↕", r"\Uparrow": "⇑", r"\Downarrow": "⇓",
    r"\Updownarrow": "⇕", r"\backslash": "\\",
    **{f"\\{name}": char for name, (_, char) in COMMAND_CLASSES.items() if name not in ("|", "colon")},
}
OPENING = frozenset("([{⟨⌊⌈⌜")
CLOSING = frozenset(")]}⟩⌋⌉⌝")

#: Operators with their limits beside them, and with their limits below in display.
OPERATORS = {
    name: name
    for name in _words(
        "arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh"
    )
}
LIMIT_OPERATORS = {
    **{name: name for name in _words("det gcd inf lim max min Pr sup")},
    "liminf": "lim inf", "limsup": "lim sup", "argmax": "arg max", "argmin": "arg min",
}

#: Spaces, by their width.
SPACES = {
    ",": "thin", "thinspace": "thin", ":": "medium", ">": "medium", "medspace": "medium",
    ";": "thick", "thickspace": "thick", " ": "word", "space": "word", "nobreakspace": "word",
    "enspace": "en", "enskip": "en", "quad": "quad", "qquad": "double quad",
    "!": "negative", "negthinspace": "negative",
}

#: Accents, as combining characters.
ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304", "dot": "\u0307",
    "ddot": "\u0308", "vec": "\u20d7", "overrightarrow": "\u20d7", "overleftarrow": "\u20d6", "check": "\u030c",
    "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a",
}

FONTS = {
    "mathbf": "bold", "mathrm": "roman", "mathit": "italic", "mathnormal": "italic", "mathbb": "blackboard",
    "Bbb": "blackboard", "mathcal": "calligraphic", "mathscr": "script", "mathfrak": "fraktur", "mathsf": "sans",
    "mathtt": "mono", "boldsymbol": "bold symbol", "bm": "bold symbol", "pmb": "bold symbol",
}
TEXT_FONTS = {
    "text": "", "textnormal": "", "mbox": "", "hbox": "", "textrm": "roman", "textup": "roman", "textbf": "bold",
    "textit": "italic", "emph": "italic", "textsf": "sans", "texttt": "mono",
}
STYLES = {
    "displaystyle": "display", "textstyle": "inline", "scriptstyle": "script", "scriptscriptstyle": "sscript",
}

FRACTIONS = {"frac": "", "dfrac": "display", "tfrac": "inline", "cfrac": "continued"}
BINOMIALS = {"binom": "", "dbinom": "display", "tbinom": "inline"}
CLASSES = {
    "mathrel": "relation", "mathbin": "binary", "mathord": "normal", "mathpunct": "punctuation",
    "mathopen": "opening", "mathclose": "closing", "mathinner": "normal",
}
EXTENSIBLE_ARROWS = {
    "xrightarrow": "→", "xleftarrow": "←", "xRightarrow": "⇒", "xLeftarrow": "⇐", "xleftrightarrow": "↔",
    "xmapsto": "↦", "xhookrightarrow": "↪",
}
DECORATIONS = {
    "overline": "overline", "underline": "underline", "boxed": "boxed", "phantom": "phantom", "cancel": "cancel",
}
BRACES = {"underbrace": "underbrace", "overbrace": "overbrace"}
#: \big and its kin: the height in em and the class ("": as the delimiter has it).
BIG = {
    size + side: (height, kind)
    for size, height in {"big": 1.2, "Big": 1.8, "bigg": 2.4, "Bigg": 3.0}.items()
    for side, kind in {"": "", "l": "opening", "r": "closing", "m": "relation"}.items()
}

#: Colors: those that CSS and Typst both name.
COLORS = frozenset(_words(
    "aqua black blue fuchsia gray green lime maroon navy olive orange purple red silver teal white yellow"
))

MATRICES = {
    "matrix": "", "pmatrix": "(", "bmatrix": "[", "Bmatrix": "{", "vmatrix": "|", "Vmatrix": "‖", "smallmatrix": "",
}
CASES = frozenset(_words("cases dcases rcases"))
ALIGNED = frozenset(_words("aligned align align* split alignedat alignat alignat* eqnarray eqnarray*"))
GATHERED = frozenset(_words("gathered gather gather* multline multline* equation equation*"))
ENVIRONMENTS = frozenset({*MATRICES, *CASES, *ALIGNED, *GATHERED, "array"})
#: Environments that are a whole formula: LaTeX and MathJax allow none inside another.
WHOLE = (ALIGNED | GATHERED) - frozenset(_words("aligned split alignedat gathered"))
#: Environments with `[t]`, with `{ll|r}` or `{2}`, and with lines between their rows.
PLACED = frozenset(_words("array aligned alignedat gathered"))
SPECIFIED = frozenset(_words("array alignedat alignat alignat*"))
RULED = frozenset({*MATRICES, "array"})

#: What MathJax does not know, and what to write instead.
MATHJAX_UNKNOWN = {
    "bm": r"write \boldsymbol{..}",
    "argmax": r"write \operatorname*{arg\,max}",
    "argmin": r"write \operatorname*{arg\,min}",
    "emph": r"write \textit{..}",
    "dag": r"write \dagger",
    "qed": r"write \blacksquare",
    "P": r"write \text{¶}",
    "medspace": r"write \:",
    "thickspace": r"write \;",
    "enskip": r"write \enspace",
}

#: What is not in the subset although LaTeX or MathJax has it, and what to write instead.
REPLACED = {
    "over": r"write \frac{..}{..}", "choose": r"write \binom{..}{..}", "atop": r"write \substack{.. \\ ..}",
    "rm": r"write \mathrm{..}", "bf": r"write \mathbf{..}", "it": r"write \mathit{..}", "cal": r"write \mathcal{..}",
    "sf": r"write \mathsf{..}", "tt": r"write \mathtt{..}", "mathds": r"write \mathbb{..}",
    "mathbbm": r"write \mathbb{..}", "norm": r"write \lVert .. \rVert", "abs": r"write \lvert .. \rvert",
    "coloneq": r"write \coloneqq", "hphantom": r"write \phantom{..}",
    "vphantom": r"use \big or \Big for the height of a bracket",
    "intertext": r"write two formulas, or \text{..} in a row of its own",
    **dict.fromkeys(_words("nonumber notag"), "remove it: formulas have no numbers"),
    **dict.fromkeys(_words("newcommand renewcommand def let"), "write the formula out in full"),
    **dict.fromkeys(_words("( ) [ ]"), "write the formula without delimiters of its own"),
    "href": "put links outside formulas", "includegraphics": "put figures outside formulas",
}
