"""Throughput and time to first token against requests at once: beyond saturation only the wait grows."""

import style

# NVIDIA NIM 1.8.0, Llama 3.3 70B in 8 bits on two H100; 5,000 prompt and 500 answer tokens
AT_ONCE = (1, 5, 25, 50, 100, 150, 200, 250)
TOKENS = (51.67, 218.48, 623.4, 814.37, 917.26, 920.9, 920.54, 920.12)
FIRST = (0.40677, 0.5467, 0.68869, 0.83451, 7.99625, 34.79422, 61.68022, 88.60532)

fig, (upper, lower) = style.axes(nrows=2, sharex=True)
upper.plot(AT_ONCE, TOKENS, marker="o", markersize=3, **style.LINES[0])
upper.set(ylabel="tokens/s", ylim=(0, 1050), yticks=(0, 500, 1000))
lower.plot(AT_ONCE, FIRST, marker="o", markersize=3, **style.LINES[1])
lower.set(yscale="log", ylim=(0.2, 200), xlabel="requests at once", ylabel="first token (s)")
lower.set_yticks((1, 10, 100), labels=("1", "10", "100"))
lower.axhline(2, color=style.GRAY, linewidth=0.7)
lower.text(250, 1.6, "a target of 2 s", ha="right", va="top", color=style.GRAY)
for ax in (upper, lower):
    ax.axvspan(50, 100, color=style.SHADE, linewidth=0)
upper.text(108, 300, "shaded: here it\nsaturates", va="center")
style.save(fig, __file__)
