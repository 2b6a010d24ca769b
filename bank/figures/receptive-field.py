"""Receptive field after each layer, computed from kernel, stride and dilation, for four stacks."""

import style


def fields(layers: list[tuple[int, int, int]]) -> list[int]:
    """Return the receptive field after each layer, given as kernel, stride and dilation."""
    size, jump, seen = 1, 1, []
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump *= stride
        seen.append(size)
    return seen


CONV, HALVE, POOL = (3, 1, 1), (3, 2, 1), (2, 2, 1)
STACKS = (
    ("ResNet-18", [(7, 2, 1), HALVE] + [CONV] * 4 + [HALVE, CONV, CONV, CONV] * 3, style.LINES[1], "s"),
    ("VGG-16", [CONV, CONV, POOL] * 2 + [CONV, CONV, CONV, POOL] * 3, style.LINES[0], "o"),
    ("3 × 3, dilation 1, 2, 4, ...", [(3, 1, 2**i) for i in range(8)], style.LINES[2], "^"),
    ("3 × 3", [CONV] * 18, style.LINES[3], ""),
)

fig, ax = style.axes()
for name, layers, line, marker in STACKS:
    sizes = fields(layers)
    ax.semilogy(range(1, len(sizes) + 1), sizes, marker=marker, markersize=2.8, **line)
    if len(sizes) == 18:
        ax.text(18.5, sizes[-1], f"{name}: {sizes[-1]}", va="center", color=line["color"])
    else:
        ax.text(8.6, sizes[-1] * 1.1, f"{name}: {sizes[-1]}", va="bottom", color=style.BLUE)
ax.set(ylabel="receptive field (pixels)", xlim=(0.4, 26.5), ylim=(2.5, 1000))
ax.set_xticks([1, 5, 10, 15, 18])
ax.set_yticks([3, 10, 30, 100, 300, 1000], ["3", "10", "30", "100", "300", "1,000"])
ax.minorticks_off()
ax.spines["bottom"].set_bounds(0.4, 18)
ax.set_xlabel("layer (convolution or pooling)", x=0.36)
style.save(fig, __file__)
