"""100 clients call at once; the server takes 10 calls in each second. How many are not served yet, by kind of wait."""

import numpy as np

import style

CLIENTS, CAPACITY, CAP = 100, 10, 16


def served_at(jitter, seed=0):
    """Return the times of success: after each refusal a client waits up to 1, 2, 4, 8, 16, 16, ... seconds."""
    draw = np.random.default_rng(seed)
    due = [(0.0, client, 0) for client in range(CLIENTS)]
    taken, times = {}, []
    while due:
        due.sort()
        time, client, retry = due.pop(0)
        second = int(time)
        if taken.get(second, 0) < CAPACITY:
            taken[second] = taken.get(second, 0) + 1
            times.append(time)
        else:
            ceiling = min(CAP, 2**retry)
            due.append((time + (draw.random() * ceiling if jitter else ceiling), client, retry + 1))
    return times


fig, ax = style.axes()
for jitter, look, text, place in (
    (False, style.LINES[1], "doubling waits,\nno jitter", (55, 62)),
    (True, style.LINES[0], "full jitter", (22, 8)),
):
    times = served_at(jitter)
    steps = ax.stairs(range(CLIENTS, -1, -1), [0, *times, 100], baseline=None, linewidth=1.5, **look)
    steps.get_path().should_simplify = False  # which would end in a line without length: its extent cannot be measured
    ax.text(*place, text, color=look["color"], va="center")
ax.set(xlabel="second", ylabel="clients not served", xlim=(0, 100), ylim=(0, 100))
style.save(fig, __file__)
