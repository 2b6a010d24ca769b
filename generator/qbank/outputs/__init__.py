"""What a build writes. Each module turns a bank into artifacts, without clock, randomness or disk in dist/."""
