"""Events of six users in order of time: which of them form the chain view, cart, purchase."""

from itertools import pairwise

import style

EVENTS = {
    1: [("v", "9:00"), ("c", "9:05"), ("p", "9:10")],
    2: [("c", "8:00"), ("v", "9:00"), ("c", "9:30")],
    3: [("v", "9:00"), ("p", "9:20")],
    4: [("p", "10:00"), ("v", "11:00"), ("c", "11:20")],
    5: [("v", "12:00")],
    6: [("c", "13:00")],
}
COLORS = {"v": style.BLUE, "c": style.SKY, "p": style.ORANGE}
NAMES = {"v": "view", "c": "cart", "p": "purchase"}


def chain(events: list[tuple[str, str]]) -> list[int]:
    """Return the places of the events that the earliest choices take; the events are in order of time."""
    out: list[int] = []
    for step in "vcp":
        later = [n for n, (name, _) in enumerate(events) if name == step and (not out or n > out[-1])]
        if not later:
            break
        out.append(later[0])
    return out


fig, ax = style.axes(1.9)
for user, events in EVENTS.items():
    taken = chain(events)
    for one, other in pairwise(taken):
        ax.plot((one + 0.12, other - 0.12), (-user, -user), color=style.INK, linewidth=1.4, zorder=1)
    for n, (name, time) in enumerate(events):
        full = n in taken
        edge = style.INK if full else style.GRAY
        color = COLORS[name] if full else "white"
        ax.scatter([n], [-user], s=110, color=color, edgecolor=edge, linewidth=0.8, zorder=2)
        ink = style.GRAY if not full else style.INK if name == "c" else "white"
        ax.text(n, -user - 0.02, name, ha="center", va="center", color=ink, zorder=3)
        ax.text(n + 0.17, -user + 0.1, time, ha="left", va="bottom", color=edge)
    ax.text(3.1, -user, ", ".join(NAMES[events[n][0]] for n in taken) or "nothing", va="center")
    ax.text(-0.4, -user, f"user {user}", ha="right", va="center")
ax.text(1, 0, "events in order of time", ha="center", va="center", weight="bold")
ax.text(3.1, 0, "gets through", va="center", weight="bold")
ax.set(xlim=(-1.1, 4.8), ylim=(-6.5, 0.3))
ax.set_axis_off()
style.save(fig, __file__)
