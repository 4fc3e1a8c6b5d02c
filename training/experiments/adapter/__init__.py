"""What does an adapter fitted on a population's own users gain?"""
