"""The read-only API: releases, figures, comparators, definitions.

Takes addresses that stay; gives what was released, to the public audience unless signed in; refuses
every method but GET.
"""
