"""Ways to mix the photos of a set into one vector; an `AnswerHead` comes after."""
