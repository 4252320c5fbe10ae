"""Items from what the author already put as a question, a term, a table, a date or a list: they
need no grammar and no lexicon, so they work in any language."""
