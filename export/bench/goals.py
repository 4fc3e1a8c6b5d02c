"""What the bench is to show."""

from training.experiments.results.goals import Goal

GOALS = (
    Goal("int8 extractor's time over the reference extractor's, 1 thread",
         "extractors", ("one_thread", "reference"), 0.5, False),
    Goal("the same, 2 threads",
         "extractors", ("two_threads", "reference"), 0.5, False),
    Goal("int8 extractor's time over a plain int8 export's of the same network",
         "extractors", ("one_thread", "plain_int8"), 1.05, False),
    Goal("photo evidence as it ships over 1,000 photos, D = 178, in extractor calls",
         "aggregators", ("released", "many"), 1, False),
    Goal("the same over the larger vocabulary, D = 1,105",
         "aggregators", ("vocabulary", "many"), 6, False),
    Goal("adding a photo to a profile of any size, D = 178, in extractor calls, "
         "straight after such a call",
         "aggregators", ("released", "add"), 0.02, False),
    Goal("the same, each of 50 added one after the other",
         "aggregators", ("released", "add_in_a_row"), 0.02, False),
    Goal("the same over the larger vocabulary, straight after an extractor call",
         "aggregators", ("vocabulary", "add"), 0.02, False),
    Goal("the same, each of 50 added one after the other",
         "aggregators", ("vocabulary", "add_in_a_row"), 0.02, False),
    Goal("the plain loop's time over predict's with one process",
         "reading", ("one_process",), 3, True),
    Goal("one process's time over that of all cores",
         "reading", ("cores_gain",), 1.8, True),
    Goal("exponent of predict's time in photos",
         "reading", ("photos_exponent",), 1.05, False),
    Goal("exponent of photo evidence's time in photos",
         "aggregators", ("photo_exponents", "photo_evidence"), 1.05, False),
    Goal("exponent of an epoch's time in users",
         "learning", ("users_exponent",), 1.05, False),
    Goal("exponent of amazon-histories' time in reviews",
         "amazon", ("reviews_exponent",), 1.05, False),
    Goal("exponent of predict's peak memory in photos",
         "reading", ("memory_exponent",), 0.1, False),
    Goal("exponent of amazon-histories' peak memory in reviews",
         "amazon", ("memory_exponent",), 0.1, False),
)  # fmt: skip
"""1.05 for linear: a fit over times has noise of its own."""
