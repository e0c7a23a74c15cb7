"""What councils hold and send: the printed page today, the returns and standard tables next.

Takes files; gives frozen tables with the raw text of every cell; refuses a file that it cannot
read for certain, and says where and why.
"""
