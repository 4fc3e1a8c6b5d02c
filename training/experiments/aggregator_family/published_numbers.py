"""The numbers that the paper and the poster print, by our name of the network."""

PAPER = {
    "average": (
        "Average",
        (0.749925, 0.595867, 0.561431, 0.553453),
        (0.704867, 0.797340, 0.815469, 0.820141),
    ),
    "attention_1": (
        "NA",
        (0.839458, 0.710123, 0.710123, 0.636783),
        (0.772574, 0.901716, 0.932418, 0.943513),
    ),
    "attention_2_gating": (
        "NA + CG",
        (0.922438, 0.881151, 0.868210, 0.864384),
        (0.792203, 0.918460, 0.942565, 0.947498),
    ),
}
"""Home & Kitchen, the slides' table: its name there, P and R at k of 5 to 20. NA's
precision is the same at 10 and 15 in all its copies; likely a slip."""
POSTER = {
    "average": ("Average", (0.80, 0.73, 0.71, 0.70), (0.59, 0.66, 0.68, 0.69)),
    "attention_1_gating": (
        "attention-1 + CG", (0.93, 0.90, 0.90, 0.89), (0.78, 0.93, 0.93, 0.94),
    ),
    "squeezed_1": ("squeezed", (0.88, 0.83, 0.82, 0.81), (0.77, 0.91, 0.94, 0.95)),
    "squeeze_expand_2": (
        "squeeze-expand", (0.90, 0.86, 0.84, 0.84), (0.77, 0.90, 0.93, 0.94),
    ),
}  # fmt: skip
"""Amazon Fashion."""
POSTER_MB = {
    "average": 4.0,
    "attention_1_gating": 6.0,
    "squeezed_1": 3.0,
    "squeeze_expand_2": 4.5,
}
"""Sizes of the files there, of 1,000 categories."""
