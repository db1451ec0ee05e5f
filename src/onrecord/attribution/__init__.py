"""Who is said to have said what: cues, the frames in which they take sources and contents, and sources as they are named.

Between the annotations and the kind `statement`, which turns what is found here into records. Everything is a pure function of
annotations; nothing here knows of records.
"""
