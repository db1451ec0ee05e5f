"""Data of the package: tables, lexicons, rules, the codebook, the manifest of the language model."""
