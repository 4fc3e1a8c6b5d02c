"""Products that suit a person's photos, and the catalogues that hold them."""
