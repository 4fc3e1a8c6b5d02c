"""`make bench`: what is fast, against what, how it grows, and what scale would cost."""
