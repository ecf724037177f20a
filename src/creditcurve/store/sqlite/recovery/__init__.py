"""Recovery: copies the readable content of a damaged database into a new one.

The damaged file is kept unchanged. A sound database contains each record twice, in its table and in
an index; both are read from both ends, around the damaged places, and so are the sums whose records
were removed. If anything is missing, no time counts as known completely.
"""
