"""Where pages come from: one file for each kind of input, each yielding pages or saying what is wrong."""
