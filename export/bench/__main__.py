"""`python -m export.bench`: what `command` has.

Worker processes import the main module again, which predict's time would pay for: so
nothing is imported here.
"""

if __name__ == "__main__":
    from export.bench.command import main

    main()
