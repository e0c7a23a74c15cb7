"""Who may sign in, what titles they hold, and how they sign in.

Takes what an administrator states, and a sign-in; gives the account with its roles; refuses
whoever was not entered, and for a while whoever guesses passwords.
"""
