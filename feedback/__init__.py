"""The office: everything that happens to a citizen's word after it is written down.

Read it from the bottom up; each line may import only from the lines below it.

    app                 the whole wiring on one screen
    web, commands       the two doors: only they read a request, only they commit
    demo                a plausible world to try the doors on
    intake, reporting,  acts that need more than one table; they do not know each other
    notices, access, papers, posters
    models              tables, and the verbs of the thing they are
    sealing, codes,     the safe, the lock, the shelf
    files, pictures, limits
    db                  the engine and the session of a request
    rules, settings,    what knows nothing: law as data, settings, the one clock
    clock
"""
