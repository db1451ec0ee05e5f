"""Where the work runs: one file an engine, each turning pages into records, in order, one failure a page at most."""
