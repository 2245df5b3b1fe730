"""The application starts over an empty archive and answers."""

from pathlib import Path

from litestar.testing import TestClient

from marsad.web.app import create_app
from marsad.web.options import Options


def test_home_in_both_languages(tmp_path: Path) -> None:
    with TestClient(create_app(Options(archive=str(tmp_path / "a.db"))), "http://127.0.0.1") as client:
        assert 'lang="ar" dir="rtl"' in client.get("/").text
        assert 'lang="en" dir="ltr"' in client.get("/?lang=en").text
        assert client.get("/nothing-here").status_code == 404
