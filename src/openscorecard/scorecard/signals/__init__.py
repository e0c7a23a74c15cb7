"""What can be said of every row's latest figure with a straight face.

Takes the rows of one page with their record, and the settings; gives each a verdict, the rule that
fired and the months it rests on; refuses to judge where the method does not hold, and says why.

Rules of docs/signals.md. `judge` brings numpy, so what only needs the settings does not import it.
"""
