"""Facts about written language that several parts share: scripts, sentence ends, month names, words of bylines."""
