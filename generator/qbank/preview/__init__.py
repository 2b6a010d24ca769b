"""The bank in a browser while it is written: a page for every question, made anew after every save."""
