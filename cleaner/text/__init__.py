"""Facts about written language that several packages share: scripts, sentence ends, month names, words of bylines."""
