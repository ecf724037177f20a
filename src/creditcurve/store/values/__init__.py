"""The store's questions, answers and writes as values, one module per shelf."""
