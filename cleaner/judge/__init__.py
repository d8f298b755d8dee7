"""The judge: rules and a learned scorer decide for each block whether it is article text, and give the reason if not.

Import the modules by name; this package loads nothing by itself.
"""
