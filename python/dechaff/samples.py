"""Made-up texts for examples and first tries."""

QUAY = """Home
Sport
Weather

Old quay reopens after storm

16 June 2031

The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall. Crews from three
towns had worked through both weekends.

Share on Facebook
"""
"""A page as a reader copied it."""

PACK = """name = "reading-room"

[[rule]]
id = "reading-room.donation.friends"
kind = "donation"
scope = "block"
pattern = "friends? of the reading room"
why = "the reading room asks for members under each story"
hit = ["Become a friend of the reading room today.", "Join the Friends of the Reading Room."]
spare = ["The reading room was full on Monday.", "Two friends met in the library."]
"""
"""A rule pack."""
