"""Records to files that others read: one file a format, each writing what it is given; the store is not known here."""
