"""The islands that are shipped were built from these sources, are small, and load nothing from elsewhere."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
STATIC = ROOT / "src/marsad/web/static"
BUILT = STATIC / "built"
MOST = 500_000
"""Bytes of all assets, compressed."""


def _sources() -> str:
    """The same as web/stamp.mjs computes."""
    names = [f"src/{file.name}" for file in (WEB / "src").iterdir()]
    names += ["package.json", "package-lock.json", "vite.config.ts", "tsconfig.json", "stamp.mjs"]
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(f"{name}\0".encode())
        digest.update((WEB / name).read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def test_what_is_built_is_of_these_sources() -> None:
    built = (BUILT / "sources.sha256").read_text().strip()
    assert built == _sources(), "web/ has changed since it was built: cd web && npm ci && npm run build"


def test_the_sources_build() -> None:
    """Types hold, and the build gives what is shipped."""
    if shutil.which("npm") is None or not (WEB / "node_modules").is_dir():
        pytest.skip("the islands are not built anew: npm is missing, or `npm ci` was not run in web/")
    subprocess.run(["npm", "run", "--silent", "check"], cwd=WEB, check=True, timeout=120)


def test_assets_are_small() -> None:
    sizes = {}
    for file in STATIC.rglob("*"):
        if file.is_file() and file.suffix not in (".txt", ".sha256"):
            data = file.read_bytes()
            sizes[file.name] = len(data) if file.suffix == ".woff2" else len(gzip.compress(data, 9))
    assert sum(sizes.values()) <= MOST, sizes


@pytest.mark.parametrize("file", sorted(STATIC.rglob("*.css")) + sorted(STATIC.rglob("*.html")), ids=lambda f: f.name)
def test_styles_load_nothing_from_elsewhere(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not re.search(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", text)


def test_fonts_come_with_their_licences() -> None:
    fonts = list((BUILT / "fonts").glob("*.woff2"))
    assert len(fonts) >= 4
    for licence in (BUILT / "fonts").glob("OFL-*.txt"):
        assert "SIL OPEN FONT LICENSE" in licence.read_text("utf-8").upper()
    css = (BUILT / "fonts.css").read_text("utf-8")
    for font in fonts:
        assert font.name in css
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for name in ("IBM Plex Sans Arabic", "Noto Naskh Arabic", "ECharts", "Cytoscape", "dagre", "htmx"):
        assert name in notice


def test_the_lock_names_no_host() -> None:
    assert '"resolved"' not in (WEB / "package-lock.json").read_text("utf-8")
