"""The total amount that is left after a merge, a group-by and a pivot of the same four orders, done rightly or not."""

from statistics import mean

import style

ORDERS = (("a", "Jan", 10), ("a", "Jan", 20), ("b", "Feb", 30), (None, "Feb", 40))
REGION = {"a": ["North"], "b": ["South"]}
cells = {}
for customer, month, amount in ORDERS:
    cells.setdefault((REGION.get(customer, ["unknown"])[0], month), []).append(amount)
repeated = REGION | {"a": ["North", "South"]}
WAYS = (
    ("left merge, validated", sum(amount for *_, amount in ORDERS)),
    ("a customer listed twice", sum(amount * len(repeated.get(customer, [None])) for customer, _, amount in ORDERS)),
    ("inner merge", sum(amount for customer, _, amount in ORDERS if customer in REGION)),
    ("groupby, missing key", sum(amount for customer, _, amount in ORDERS if customer is not None)),
    ("pivot_table, default mean", sum(mean(amounts) for amounts in cells.values())),
)
fig, ax = style.axes()
right = WAYS[0][1]
for row, (_, total) in enumerate(WAYS):
    good = total == right
    ax.barh(row, total, height=0.6, color=style.BLUE if good else style.PALE, edgecolor=style.INK, linewidth=0.5)
    ax.text(total + 2, row, total, va="center", color=style.BLUE if good else style.ORANGE)
ax.axvline(right, color=style.INK, linewidth=0.7, linestyle=(0, (1, 1.5)))
ax.set(xlim=(0, 148), xlabel="total amount (correct: 100)", xticks=[0, 50, 100], yticks=range(len(WAYS)))
ax.set_yticklabels([name for name, _ in WAYS])
ax.invert_yaxis()
style.save(fig, __file__)
