"""Draws people who do yoga, dance or train, with truth that no annotator can give.

A scene is decided by a seed and a number. `body` makes a person, `motion` puts them into a pose,
`scene` puts them into a place and a camera before them, `picture` draws it, `truth` says where
everything is, and `dataset` and `videos` write files. Of Vitruvian, only the names of the landmarks
are used, so nothing that is measured takes part in making the truth.
"""
