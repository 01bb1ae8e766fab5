"""Texts that the tests clean, all made up."""

from __future__ import annotations

import pytest

from dechaff.samples import QUAY

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Mill gives the weir to the town</title>
<link rel="canonical" href="https://gazette.example/weir"><meta property="article:published_time" content="2031-06-16T15:53:00Z">
<meta name="author" content="Mirva Lindqvist"></head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<h1>Mill gives the weir to the town</h1><p>The last mill owner on the river has given his <b>weir</b> to the town, which means to open it for
salmon before the summer is over.</p><p>Fishermen from three villages had asked for that for twenty years, the mayor said on Monday.</p>
<footer>Share on Facebook</footer></body></html>"""

CAFE = """Café am Kai öffnet wieder

Das alte Café am Kai hat am Montag wieder geöffnet, zwei Wochen nachdem der Sturm die Geländer fortgerissen und die Halle überflutet hatte.

Teilen auf Facebook
"""


@pytest.fixture
def quay() -> str:
    return QUAY


@pytest.fixture
def page() -> str:
    return PAGE


@pytest.fixture
def cafe() -> str:
    return CAFE
