"""How do the aggregators bear large galleries, unknown subjects and altered photos?"""
