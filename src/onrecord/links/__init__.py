"""The same thing across documents: one file for each kind of link, pure functions over documents or records.

Links are found anew from what the store holds; a person's merge or split is a decision and comes first.
"""
