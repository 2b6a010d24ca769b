"""The prior densities whose negative logarithms are the L2 and the L1 penalty, at equal variance one."""

import numpy as np

import style

w = np.linspace(-4, 4, 801)
gaussian = np.exp(-(w**2) / 2) / np.sqrt(2 * np.pi)
laplace = np.exp(-np.sqrt(2) * np.abs(w)) / np.sqrt(2)
fig, panels = style.axes(ncols=2)
for ax, values in zip(panels, ((gaussian, laplace), (-np.log(gaussian), -np.log(laplace))), strict=True):
    ax.plot(w, values[0], label="Gaussian: L2", **style.LINES[0])
    ax.plot(w, values[1], label="Laplace: L1", **style.LINES[1])
    ax.set_xlabel("weight $w$")
panels[0].set_title("density")
panels[1].set_title("$-\\log$ density")
panels[0].set_ylim(0, 1.15)
panels[0].legend(loc="upper left")
style.save(fig, __file__)
