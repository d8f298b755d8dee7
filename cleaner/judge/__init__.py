"""The judge: rules and a learned scorer say of each block whether it is the article's text, and why not.

Its parts are imported by their own names; this package loads nothing.
"""
