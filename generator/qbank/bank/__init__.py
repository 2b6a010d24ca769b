"""What a bank is: its questions, its settings, its works, and how its files are read into them."""
