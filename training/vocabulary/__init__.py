"""The large-vocabulary model: labels and a distilled pretrained classifier."""
