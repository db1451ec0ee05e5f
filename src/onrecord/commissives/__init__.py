"""Who is bound to do what by when, in pieces: words of commitment, the acts that they bind to, what speaks against them, the terms.

`kinds.commitment` puts the pieces together to records.
"""
