"""Words: what people may write, and what of it deceives; the same wherever they write it."""
