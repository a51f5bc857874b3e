"""Who has evidence for what, records about people, signatures and packs."""
