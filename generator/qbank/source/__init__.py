"""One YAML file: its text, its data, and where every key and value stands.

The file is read as a stream of libyaml's events: nothing is ever expanded or constructed, so anchors, aliases and tags
cost nothing before they are refused, every scalar stays text (YAML would read `No` as false and `12:30` as 750), and
a fault does not hide the ones behind it unless it is one of syntax.
"""
