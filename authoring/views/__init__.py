"""Pages of own outlines, by noun: uploads, outlines, texts, links."""
