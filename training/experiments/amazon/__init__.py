"""The paper's data: Amazon reviews and product pictures as users' photo sets.

    reviews + metadata -> histories -> pictures -> features and users

No data comes with this project. The files are those of McAuley et al., "Image-based
recommendations on styles and substitutes" (SIGIR 2015; layout of 2014), of Ni et al.,
"Justifying recommendations using distantly-labeled reviews and fine-grained aspects"
(EMNLP 2019; layout of 2018) and of Hou et al., "Bridging language and items for
retrieval and recommendation" (2024; layout of 2023).
"""
