"""The store's contract: one protocol per shelf, whatever database is behind it.

A shelf owns its transactions: a write is stored as a whole or not at all, and every answer is read
at one moment of the database. Calls raise ``StoreUnavailableError`` where storage fails; nothing
was written then. Values that are needed all the time (revision, settings, link, cookie status,
horizon) are properties: the values of the last commit, read without waiting.
"""
