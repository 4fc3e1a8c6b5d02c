"""A vocabulary of a thousand everyday things, taught by the pretrained classifier."""
