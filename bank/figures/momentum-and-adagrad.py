"""Momentum against plain descent on a quadratic, and AdaGrad against RMSProp when the gradient becomes small."""

import numpy as np

import style

RATE, BETA, RHO, STEPS = 0.01, 0.9, 0.9, 100


def descend(beta: float) -> np.ndarray:
    """Weights of descent with momentum on half the square of the weight, from 1."""
    weight, velocity, path = 1.0, 0.0, [1.0]
    for _ in range(STEPS):
        velocity = beta * velocity + weight
        weight -= RATE * velocity
        path.append(weight)
    return np.array(path)


gradients = np.r_[np.full(30, 10.0), np.ones(70)]
total = np.cumsum(gradients**2)
average, averages = 0.0, []
for square in gradients**2:
    average = RHO * average + (1 - RHO) * square
    averages.append(average)

fig, (left, right) = style.axes(ncols=2)
left.axhline(0, color=style.GRAY, linewidth=0.6)
left.plot(descend(0), **style.LINES[1])
left.plot(descend(BETA), **style.LINES[0])
left.text(45, 0.72, "plain", color=style.ORANGE)
left.text(30, 0.1, "momentum", color=style.BLUE)
left.set(xlabel="step", ylabel="$w_1$ (minimum at 0)", xlim=(0, STEPS), ylim=(-0.25, 1.05))
step = np.arange(1, STEPS + 1)
right.plot(step, gradients / np.sqrt(total), **style.LINES[1])
right.plot(step, gradients / np.sqrt(averages), **style.LINES[0])
right.text(60, 1.05, "RMSProp", color=style.BLUE)
right.text(61, 0.12, "AdaGrad", color=style.ORANGE)
right.text(32, 2.3, "gradient falls\nfrom 10 to 1", color=style.GRAY)
right.axvline(30.5, color=style.GRAY, linewidth=0.6)
right.set(xlabel="step", ylabel="step length / rate", xlim=(0, STEPS), ylim=(0, 3.3))
style.save(fig, __file__)
