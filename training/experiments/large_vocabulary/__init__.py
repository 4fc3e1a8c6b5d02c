"""Large-vocabulary model: how much of a teacher and of labels one network keeps."""
