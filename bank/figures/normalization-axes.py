"""Which numbers share a mean: one feature of all examples, or all features of one example."""

from matplotlib.patches import Rectangle

import style

EXAMPLES, FEATURES = 4, 6

fig, axes = style.axes(ncols=2)
for ax, title in zip(axes, ("batch normalization", "layer normalization"), strict=True):
    batch = title.startswith("batch")
    for row in range(EXAMPLES):
        for column in range(FEATURES):
            marked = column == 2 if batch else row == 1
            face = style.SKY if marked else "white"
            ax.add_patch(Rectangle((column, row), 1, 1, facecolor=face, edgecolor=style.GRAY, linewidth=0.6))
    corner, width, height = ((2, 0), 1, EXAMPLES) if batch else ((0, 1), FEATURES, 1)
    ax.add_patch(Rectangle(corner, width, height, fill=False, edgecolor=style.BLUE, linewidth=1.8))
    ax.set(xlim=(-0.1, FEATURES + 0.1), ylim=(EXAMPLES + 0.1, -0.1), xlabel="features")
    ax.set_title(title)
    style.bare(ax)
axes[0].set_ylabel("examples")
fig.supxlabel("marked: the values with a common mean and deviation")
style.save(fig, __file__)
