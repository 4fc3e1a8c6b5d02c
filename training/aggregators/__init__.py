"""Networks from the features of any number of photos to interests."""
