"""The sources' data: Amazon reviews and product pictures as users' photo sets.

    reviews + metadata -> histories -> pictures -> features and users

No data comes with this project. The files are those of McAuley et al., "Image-based
recommendations on styles and substitutes" (SIGIR 2015; the 2014 layout) and of Ni et
al., "Justifying recommendations using distantly-labeled reviews and fine-grained
aspects" (EMNLP 2019; the 2018 layout).
"""
