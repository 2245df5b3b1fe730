"""A map cut down by a view is the view's own map."""

from __future__ import annotations

import pytest

from marsad import examples
from marsad.assembly.assemble import Assembly, assemble
from marsad.assembly.claims import View
from marsad.assembly.narrow import narrowed
from marsad.reading import pipeline


@pytest.fixture(scope="module")
def assembly() -> Assembly:
    return assemble([pipeline.read(article) for article in examples.load_all()])


def test_views_of_the_examples(assembly: Assembly) -> None:
    views = [View(claimant=name or "writer") for name, _ in assembly.claimants()]
    views += [View(side=code) for code in ("TUR", "KAZ", "RUS")]
    views += [View(since="2025-06"), View(until="2025-05", claimant="سليموف"), View(outlet="وكالة الممر")]
    whole = assembly.map()
    for view in views:
        assert narrowed(whole, view) == assembly.map(view), view.name
