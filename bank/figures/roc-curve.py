"""The ROC curve of a logistic regression on held-out synthetic data, the chance diagonal and one threshold."""

from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score, roc_curve

import style

cases, labels = make_classification(
    n_samples=800, n_features=6, n_informative=3, class_sep=0.9, flip_y=0.05, random_state=7
)
seen, held_out = slice(400), slice(400, None)  # the rows are in random order
score = LogisticRegression().fit(cases[seen], labels[seen]).predict_proba(cases[held_out])[:, 1]
truth = labels[held_out]

fpr, tpr, _ = roc_curve(truth, score)
auc = roc_auc_score(truth, score)
flagged = score >= 0.5
at = flagged[truth == 0].mean(), flagged[truth == 1].mean()

fig, ax = style.axes()
ax.fill_between(fpr, tpr, color=style.SKY, alpha=0.25, linewidth=0)
ax.plot(fpr, tpr, **style.LINES[0])
ax.plot([0, 1], [0, 1], linewidth=1.2, **style.LINES[1])
ax.plot(*at, marker="o", markersize=5, color=style.INK, linestyle="none", zorder=3)
ax.annotate(
    f"threshold 0.5:\nFPR {at[0]:.2f}, TPR {at[1]:.2f}",
    at,
    xytext=(0.22, 0.57),
    arrowprops={"arrowstyle": "-", "color": style.INK, "linewidth": 0.7},
)
ax.text(0.7, 0.12, f"AUC = {auc:.2f}\n(shaded area)", color=style.BLUE)
ax.text(0.62, 0.5, "chance", color=style.ORANGE)
ax.set(xlim=(-0.01, 1), ylim=(0, 1.01), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
ax.set_xlabel("false-positive rate (1 − specificity)")
ax.set_ylabel("true-positive rate (recall)")
style.save(fig, __file__)
