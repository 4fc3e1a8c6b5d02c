"""Predicts interests from photos on the TFLite runtime alone."""
