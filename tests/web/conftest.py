"""The observatory over an archive of the example articles, read once for all tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from marsad import examples
from marsad.reading import pipeline
from marsad.store import open_archive
from marsad.store.prepare import prepare
from marsad.web.app import create_app
from marsad.web.options import Options

HERE = "http://127.0.0.1"


@pytest.fixture(scope="session")
def examples_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the examples; not to be written to."""
    where = tmp_path_factory.mktemp("archive") / "examples.db"
    with open_archive(where) as store:
        store.put([prepare(article, pipeline.read(article)) for article in examples.load_all()])
    return where


@pytest.fixture
def archive(examples_archive: Path, tmp_path: Path) -> Path:
    """A copy of it that may be written to."""
    return Path(shutil.copy(examples_archive, tmp_path / "copy.db"))


@pytest.fixture
def web(archive: Path) -> Iterator[TestClient[Litestar]]:
    """A browser of sorts in front of that copy."""
    with TestClient(create_app(Options(archive=str(archive))), HERE) as client:
        yield client
