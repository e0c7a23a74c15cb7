"""The month's page as one frozen value, and what is wrong in a page.

Takes observations and the catalogue; gives a `Scorecard` with every derived column and every
printed form in it, so that no renderer computes anything; refuses to guess a figure.
"""
