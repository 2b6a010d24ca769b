"""Activations in memory during one training step: plain, accumulated, checkpointed."""

import style

LAYERS, SEGMENT, PARTS, GIGABYTES = 64, 8, 4, 32 * 0.02  # gigabytes: one layer's activations of the full batch


def triangle(start: float, share: float) -> list[tuple[float, float]]:
    """Time and stored layers of a forward and a backward pass over a share of the batch."""
    return [(start, 0), (start + share * LAYERS, share * LAYERS), (start + 3 * share * LAYERS, 0)]


plain = triangle(0, 1)
parts = [point for part in range(PARTS) for point in triangle(part * 3 * LAYERS / PARTS, 1 / PARTS)]
kept = LAYERS // SEGMENT
check, now = [(0.0, 0.0), (float(LAYERS), float(kept))], float(LAYERS)
for segment in range(kept, 0, -1):
    check.append((now + SEGMENT, segment + SEGMENT))  # recomputed
    now += 3 * SEGMENT
    check.append((now, segment - 1))  # backward done: the segment and its input are free

fig, ax = style.axes()
for line, (path, label) in zip(
    style.LINES, ((plain, "plain"), (parts, "accumulate"), (check, "checkpoint")), strict=False
):
    ax.plot([time for time, _ in path], [GIGABYTES * stored for _, stored in path], label=label, **line)
ax.set(xlabel="time, in forward passes of one layer", ylabel="activations, GB", xlim=(0, 262), ylim=(0, 45))
ax.set_xticks((0, 64, 128, 192, 256))
ax.legend(loc="upper right")
style.save(fig, __file__)
